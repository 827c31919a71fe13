import type { Route } from '#contract/route.ts';
import type { RouteName } from '#contract/routes.ts';
import type { Replicated } from '#drizzle/connection/replica.ts';
import type { AnyHandler } from './handler.ts';

/** Sums over many rows: like lists, they are expensive, and a replica is current enough for them. */
const ANALYTICS: ReadonlySet<RouteName> = new Set([
  'readUsageSummary',
  'readUsageTrends',
  'readUsageCosts',
  'readStats',
]);

/**
 * Reads lists and analytics from a replica. Each change is recorded before its response, so that the account's next list includes
 * it.
 */
export function throughReplica(name: RouteName, route: Route, handler: AnyHandler, replicated: Replicated): AnyHandler {
  if (route.method === 'get') {
    if (!isList(route) && !ANALYTICS.has(name)) return handler;
    return (call) => replicated.read(call.context.caller?.accountId, () => handler(call));
  }
  return async (call) => {
    try {
      return await handler(call);
    } finally {
      const { caller } = call.context;
      // Also after a failure, which may follow a write. A POST that only reads has changed nothing.
      if (caller !== undefined && route.access !== 'avatars:read') await replicated.accountWritten(caller.accountId);
    }
  };
}

function isList({ query }: Route): boolean {
  return query !== undefined && 'cursor' in query.shape;
}
