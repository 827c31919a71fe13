import { enhancePrompt as enhance } from '#domain/prompt/enhancement.ts';
import type { Handler } from '../handler.ts';
import { assertTextsAllowed } from '../moderation/assert-texts-allowed.ts';
import { textsOf } from '../moderation/texts-of.ts';

/**
 * Enhances a prompt by rules, not by a model: the same prompt always gets the same result, for free.
 * @throws ApiProblem prompt_not_allowed for a prompt that a generation would be refused for
 */
export function enhancePrompt(): Handler<'enhancePrompt'> {
  return ({ body }) => {
    assertTextsAllowed(textsOf(body));
    const { prompt, changes } = enhance(body);
    return Promise.resolve({ status: 200, body: { prompt, changes: [...changes] } });
  };
}
