import type { sharesRoutes } from '#contract/routes/shares.ts';
import type { HandlersDeps } from '../deps.ts';
import type { HandlersOf } from '../handler.ts';
import { createShare } from './create.ts';
import { listShares } from './list.ts';
import { readShared } from './read-shared.ts';
import { readSharedImage } from './read-shared-image.ts';
import { reportShared } from './report-shared.ts';
import { revokeShare } from './revoke.ts';

export function shareHandlers({
  database,
  store,
  countVisitorReport,
  countSharedImage,
}: HandlersDeps): HandlersOf<typeof sharesRoutes> {
  const deps = { database };
  return {
    listShares: listShares(deps),
    createShare: createShare(deps),
    revokeShare: revokeShare(deps),
    readShared: readShared(deps),
    readSharedImage: readSharedImage({ database, store, countSharedImage }),
    reportShared: reportShared({ database, countVisitorReport }),
  };
}
