import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query';
import { backoffMs } from '../http/backoff.ts';
import { RequestFailed } from '../http/request-failed.ts';

/** The event stream delivers most changes; refetching covers the rest. */
const STALE_MS = 60_000;
const RETRIES_MAX = 3;

function shouldRetry(failures: number, error: Error): boolean {
  return failures < RETRIES_MAX && error instanceof RequestFailed && error.retryable;
}

function retryDelayMs(failures: number, error: Error): number {
  const retryAfterMs = error instanceof RequestFailed ? error.retryAfterMs : undefined;
  return Math.max(retryAfterMs ?? 0, backoffMs(failures + 1, Math.random));
}

/**
 * Invalidates also what is being fetched for the first time. The library waits for that response and takes it for fresh, although it may
 * predate the change: an avatar that is delivered while its gallery is opened would not be shown.
 */
class LiveQueryClient extends QueryClient {
  override invalidateQueries<TaggedKey extends QueryKey = QueryKey>(
    filters: InvalidateQueryFilters<TaggedKey> = {},
    options: InvalidateOptions = {},
  ): Promise<void> {
    const again = (query: Query) => super.invalidateQueries({ queryKey: query.queryKey, exact: true });
    for (const query of this.getQueryCache().findAll(filters)) {
      if (query.state.data !== undefined || query.state.fetchStatus !== 'fetching') continue;
      // A failed one is stale anyway.
      void query.promise?.then(() => again(query as unknown as Query)).catch(() => undefined);
    }
    return super.invalidateQueries(filters, options);
  }
}

export function createQueryClient(): QueryClient {
  return new LiveQueryClient({
    defaultOptions: {
      queries: { staleTime: STALE_MS, retry: shouldRetry, retryDelay: retryDelayMs, refetchOnWindowFocus: false },
      // Safe for POSTs: each carries its Idempotency-Key among its variables, so a retry is a replay.
      mutations: { retry: shouldRetry, retryDelay: retryDelayMs },
    },
  });
}
