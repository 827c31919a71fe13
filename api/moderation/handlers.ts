import type { moderationRoutes } from '#contract/routes/moderation.ts';
import { audited } from '../admin/audited.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { approveAvatar } from './approve.ts';
import type { objectionsRoutes } from '#contract/routes/objections.ts';
import type { reportsRoutes } from '#contract/routes/reports.ts';
import { createObjection } from './create-objection.ts';
import { createReport } from './create-report.ts';
import { decideObjection } from './decide-objection.ts';
import { dismissReport, restoreTakenDownAvatar, takedownAvatar } from './decide-report.ts';
import { listObjections } from './list-objections.ts';
import { listReports, listTakedowns } from './list-reports.ts';
import { listReviewQueue } from './list-review-queue.ts';
import { rejectAvatar } from './reject.ts';

/** The queue of images that need review. Prompts are moderated in moderate-prompts.ts, which every generating route calls. */
export function moderationHandlers(deps: HandlersDeps): HandlersOf<typeof moderationRoutes> {
  return {
    listReviewQueue: audited<'listReviewQueue'>(
      deps,
      { act: 'moderation.read', result: ({ body }) => ({ avatarIds: body.data.map(({ avatarId }) => avatarId) }) },
      listReviewQueue(deps),
    ),
    approveAvatar: audited<'approveAvatar'>(
      deps,
      { act: 'moderation.approve', target: ({ params }) => params.id },
      approveAvatar(deps),
    ),
    rejectAvatar: audited<'rejectAvatar'>(
      deps,
      {
        act: 'moderation.reject',
        target: ({ params }) => params.id,
        result: ({ body: { generationId, creditsReturned } }) => ({ generationId, creditsReturned }),
      },
      rejectAvatar(deps),
    ),
  };
}

/** Objections of users to refused texts. */
export function objectionHandlers(deps: HandlersDeps): HandlersOf<typeof objectionsRoutes> {
  return {
    createObjection: createObjection(deps),
    listObjections: audited<'listObjections'>(
      deps,
      { act: 'moderation.read', result: ({ body }) => ({ objectionIds: body.data.map(({ id }) => id) }) },
      listObjections(deps),
    ),
    decideObjection: audited<'decideObjection'>(
      deps,
      { act: 'objection.decide', target: ({ params }) => params.id },
      decideObjection(deps),
    ),
  };
}

/** Reports of avatars, and takedowns. */
export function reportHandlers(deps: HandlersDeps): HandlersOf<typeof reportsRoutes> {
  return {
    createReport: createReport(deps),
    listReports: audited<'listReports'>(
      deps,
      { act: 'moderation.read', result: ({ body }) => ({ reportIds: body.data.map(({ id }) => id) }) },
      listReports(deps),
    ),
    listTakedowns: audited<'listTakedowns'>(
      deps,
      { act: 'moderation.read', result: ({ body }) => ({ avatarIds: body.data.map(({ avatarId }) => avatarId) }) },
      listTakedowns(deps),
    ),
    dismissReport: audited<'dismissReport'>(
      deps,
      { act: 'report.dismiss', target: ({ params }) => params.id },
      dismissReport(deps),
    ),
    takedownAvatar: audited<'takedownAvatar'>(
      deps,
      { act: 'moderation.takedown', target: ({ params }) => params.id },
      takedownAvatar(deps),
    ),
    restoreTakenDownAvatar: audited<'restoreTakenDownAvatar'>(
      deps,
      { act: 'moderation.restore', target: ({ params }) => params.id },
      restoreTakenDownAvatar(deps),
    ),
  };
}
