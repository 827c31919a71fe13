import { enhancePrompt as enhance } from '#domain/prompt/enhancement.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { Handler } from '../handler.ts';
import { assertTextsAllowed } from '../moderation/assert-texts-allowed.ts';
import { textsOf } from '../moderation/texts-of.ts';

/**
 * Enhances a prompt by rules, not by a model: the same prompt always gets the same result, for free.
 * @throws ApiProblem prompt_not_allowed for a prompt that a generation would be refused for
 */
export function enhancePrompt({ database }: { readonly database: Database }): Handler<'enhancePrompt'> {
  return async ({ body, caller }) => {
    await assertTextsAllowed(database, caller.accountId, textsOf(body));
    const { prompt, changes } = enhance(body);
    return { status: 200, body: { prompt, changes: [...changes] } };
  };
}
