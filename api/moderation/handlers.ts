import type { moderationRoutes } from '#contract/routes/moderation.ts';
import { audited } from '../admin/audited.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { approveAvatar } from './approve.ts';
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
