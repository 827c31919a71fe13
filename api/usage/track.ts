import { API_BASE } from '#contract/route.ts';
import type { TrackUsage } from '#contract/usage.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { recordUse, type Use } from '#drizzle/queries/usage/usage-history.ts';
import type { Handler } from '../handler.ts';
import { idFor, requestHash } from '../idempotency.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { exactMetadata } from './exact-metadata.ts';
import { presentUse } from './present.ts';

const ROUTE = 'POST /avatars/:id/usage';

/** Records a use of an avatar; the same idempotency key counts once. */
export function trackUsage({ database }: { database: Database }): Handler<'trackUsage'> {
  return async ({ params, body, caller, idempotencyKey, context }) => {
    const input = {
      id: idFor(caller.accountId, ROUTE, idempotencyKey),
      accountId: caller.accountId,
      avatarId: params.id,
      appId: body.appId,
      appName: body.appName,
      action: body.action,
      referenceId: body.referenceId ?? null,
      referenceType: body.referenceType ?? null,
      metadata: exactMetadata(context.bodyText ?? '{}'),
    };
    const outcome = await recordUse(database, input);
    if (!outcome) throw notFound();
    const { created, isSameMetadata, use, usageCount, lastUsedAt } = outcome;
    if (!isSameMetadata || requestHash(requestOf(use)) !== requestHash(requestOf(input)))
      throw new ApiProblem('idempotency_mismatch');
    return {
      status: 201,
      body: { use: presentUse(use), usageCount, lastUsedAt: lastUsedAt.toISOString() },
      headers: {
        Location: `${API_BASE}/avatars/${use.avatarId}/usage`,
        ...(!created && { 'Idempotent-Replayed': 'true' }),
      },
    };
  };
}

/** The part of a row that came with the request, but for the metadata, which the database compares by value. */
function requestOf({
  avatarId,
  appId,
  appName,
  action,
  referenceId,
  referenceType,
}: Omit<Use, 'createdAt' | 'metadata'>): Record<Exclude<keyof TrackUsage, 'metadata'> | 'avatarId', unknown> {
  return { avatarId, appId, appName, action, referenceId, referenceType };
}
