import { reportShared as report } from '#drizzle/queries/avatars/shares.ts';
import type { HandlersDeps } from '../deps.ts';
import type { Handler } from '../handler.ts';
import { requireShared } from './read-shared.ts';

/** @throws ApiProblem not_found; rate_limited */
export function reportShared({
  database,
  countVisitorReport,
}: Pick<HandlersDeps, 'database' | 'countVisitorReport'>): Handler<'reportShared'> {
  return async ({ params, body, req }) => {
    const { avatar } = await requireShared(database, params.token);
    await countVisitorReport(req);
    await report(database, { ...body, avatarId: avatar.id });
    return { status: 202, body: { received: true } };
  };
}
