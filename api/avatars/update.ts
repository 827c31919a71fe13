import { updateAvatar as change } from '#drizzle/queries/avatars/avatar-change.ts';
import type { Handler } from '../handler.ts';
import { assertTextsAllowed } from '../moderation/assert-texts-allowed.ts';
import { textsOf } from '../moderation/texts-of.ts';
import { notFound } from '../problem.ts';
import type { AvatarDeps } from './list.ts';

export function updateAvatar({ database, present }: AvatarDeps): Handler<'updateAvatar'> {
  return async ({ params, body, caller }) => {
    await assertTextsAllowed(database, caller.accountId, textsOf(body));
    const row = await change(database, caller.accountId, params.id, body);
    if (!row) throw notFound();
    return { status: 200, body: await present(row) };
  };
}
