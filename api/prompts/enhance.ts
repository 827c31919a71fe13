import { PROMPT_MAX_LENGTH } from '#contract/generation.ts';
import { enhancePrompt as enhance } from '#domain/prompt/enhancement.ts';
import type { Handler } from '../handler.ts';
import { assertTextsAllowed } from '../policy/refuse-text.ts';
import { textsOf } from '../policy/texts-of.ts';

/** By rules, not by a model: the same words give the same answer, at once and for nothing. Words that an order would be refused for get none. */
export function enhancePrompt(): Handler<'enhancePrompt'> {
  return ({ body }) => {
    assertTextsAllowed(textsOf(body));
    const { prompt, changes } = enhance({ ...body, maxLength: PROMPT_MAX_LENGTH });
    return Promise.resolve({ status: 200, body: { prompt, changes: [...changes] } });
  };
}
