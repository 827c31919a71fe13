import type { Database } from '#drizzle/connection/database.ts';
import { updateAvatars as updateAll } from '#drizzle/queries/avatars/avatar-bulk.ts';
import type { Handler } from '../handler.ts';
import { assertTextsAllowed } from '../moderation/assert-texts-allowed.ts';
import { textsOf } from '../moderation/texts-of.ts';
import { notFound } from '../problem.ts';

/**
 * Changes many avatars, all or none.
 * @throws ApiProblem prompt_not_allowed for the first refused text; not_found when one of the avatars is missing
 */
export function updateAvatars({ database }: { readonly database: Database }): Handler<'updateAvatars'> {
  return async ({ body: { changes }, caller: { accountId } }) => {
    for (const [index, change] of changes.entries()) {
      const texts = textsOf(change).map((each) => ({ ...each, path: `changes.${index}.${each.path}` }));
      if (texts.length > 0) await assertTextsAllowed(database, accountId, texts);
    }
    const changed = await updateAll(database, accountId, changes);
    if (changed === undefined) throw notFound();
    return { status: 200, body: { changed } };
  };
}
