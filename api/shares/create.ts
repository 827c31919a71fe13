import { API_BASE } from '#contract/route.ts';
import { SHARES_MAX } from '#domain/avatar/share.ts';
import { shareAvatar } from '#drizzle/queries/avatars/shares.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { presentShare, type ShareDeps } from './list.ts';
import { newShareToken } from './share-token.ts';

/** Creates a link. Its token is stored as a digest: a lost response can't be repeated, and its link is revoked. */
export function createShare({ database }: ShareDeps): Handler<'createShare'> {
  return async ({ params, body, caller: { accountId } }) => {
    const { token, digest } = newShareToken();
    const outcome = await shareAvatar(database, { ...body, accountId, avatarId: params.id, digest });
    if (outcome.kind === 'unknown') throw notFound();
    if (outcome.kind === 'full') {
      throw new ApiProblem('conflict', { detail: `An avatar has at most ${SHARES_MAX} links. Revoke one first` });
    }
    const headers = { Location: `${API_BASE}/avatars/${params.id}/shares`, 'Cache-Control': 'no-store' };
    return { status: 201, body: { ...presentShare(outcome.share), token }, headers };
  };
}
