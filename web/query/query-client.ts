import { QueryClient } from '@tanstack/react-query';
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

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: STALE_MS, retry: shouldRetry, retryDelay: retryDelayMs, refetchOnWindowFocus: false },
      // Safe for POSTs: each carries its Idempotency-Key among its variables, so a retry is a replay.
      mutations: { retry: shouldRetry, retryDelay: retryDelayMs },
    },
  });
}
