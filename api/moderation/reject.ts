import type { Database } from '#drizzle/connection/database.ts';
import { rejectAvatar as reject } from '#drizzle/queries/admin/moderation.ts';
import type { ObjectRemoval } from '#temporal/client/object-removal.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

const DEFAULT_REASON = 'rejected by moderation';

export interface RejectDeps {
  readonly database: Database;
  readonly removal: ObjectRemoval;
}

/** Removes the avatar and refunds its credits at once; a workflow then removes the stored objects. */
export function rejectAvatar({ database, removal }: RejectDeps): Handler<'rejectAvatar'> {
  return async ({ params: { id }, body }) => {
    const outcome = await reject(database, id, body?.reason ?? DEFAULT_REASON);
    if (outcome.kind === 'unknown') throw notFound();
    const { generationId, accountId, creditsReturned, replay } = outcome;
    await removal.request({ accountId });
    return {
      status: 200,
      body: { avatarId: id, generationId, creditsReturned },
      headers: replay ? { 'Idempotent-Replayed': 'true' } : {},
    };
  };
}
