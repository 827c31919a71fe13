import { SIMILAR_BITS } from '#domain/avatar/duplicates.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readAvatar, readAvatars } from '#drizzle/queries/avatars/avatars.ts';
import { listSimilar as findSimilar } from '#drizzle/queries/avatars/duplicates.ts';
import type { PresentAvatar } from '../avatars/present.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { presentLookalike } from './present.ts';

export interface DuplicateDeps {
  readonly database: Database;
  readonly presentAvatar: PresentAvatar;
}

export function listSimilar({ database, presentAvatar }: DuplicateDeps): Handler<'listSimilar'> {
  return async ({ params, query, caller }) => {
    const { accountId } = caller;
    if (!(await readAvatar(database, accountId, params.id))) throw notFound();
    const input = { withinBits: SIMILAR_BITS, limit: query.limit };
    const found = await findSimilar(database, accountId, params.id, input);
    const rows = await readAvatars(
      database,
      accountId,
      found.map(({ avatarId }) => avatarId),
    );
    const avatars = new Map(rows.map((row) => [row.id, row]));
    const data = found.flatMap((similar) => {
      const row = avatars.get(similar.avatarId);
      const { match, distance } = presentLookalike(similar);
      return row ? [presentAvatar(row).then((avatar) => ({ avatar, match, distance }))] : [];
    });
    return { status: 200, body: { data: await Promise.all(data) } };
  };
}
