import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

export interface CreateRate {
  readonly provider: ProviderName;
  /** Create calls per minute, across all workers. */
  readonly perMinute: number;
  /** Create calls that may be sent at once after an idle time. */
  readonly burst: number;
  /** Slots further ahead than this are refused, ms. */
  readonly maxWaitMs: number;
}

export type CreateSlotOutcome =
  /** Wait `waitMs`, then call. */
  | { readonly kind: 'acquired'; readonly waitMs: number }
  /** Too many calls wait already: try again after `retryAfterMs`. */
  | { readonly kind: 'crowded'; readonly retryAfterMs: number };

const MINUTE_MS = 60_000;

/**
 * Acquires a slot for a create call from the provider's rate limiter, which all workers share (generic cell rate algorithm, by the
 * database's clock). A retry after a lost reply, or a caller that dies, wastes one slot and no money.
 */
export async function acquireCreateSlot(database: Database, rate: CreateRate): Promise<CreateSlotOutcome> {
  const intervalMs = MINUTE_MS / rate.perMinute;
  const toleranceMs = intervalMs * (rate.burst - 1);
  const [slot] = await database.call<{ wait_ms: number }>(
    'providerLimits.acquire',
    `INSERT INTO provider_limits AS l (provider, next_create_at) VALUES ($1, clock_timestamp() + $2::float8 * interval '1 millisecond')
     ON CONFLICT (provider) DO UPDATE
       SET next_create_at = greatest(l.next_create_at, clock_timestamp()) + $2::float8 * interval '1 millisecond'
       WHERE l.next_create_at <= clock_timestamp() + ($3::float8 + $4::float8) * interval '1 millisecond'
     RETURNING greatest(0, extract(epoch FROM l.next_create_at - clock_timestamp())::float8 * 1000 - $2::float8 - $3::float8) AS wait_ms`,
    [rate.provider, intervalMs, toleranceMs, rate.maxWaitMs],
  );
  if (slot) return { kind: 'acquired', waitMs: Math.ceil(slot.wait_ms) };
  const [limit] = await database.call<{ ahead_ms: number }>(
    'providerLimits.ahead',
    'SELECT extract(epoch FROM next_create_at - clock_timestamp())::float8 * 1000 AS ahead_ms FROM provider_limits WHERE provider = $1',
    [rate.provider],
  );
  const aheadMs = (limit?.ahead_ms ?? 0) - toleranceMs - rate.maxWaitMs;
  return { kind: 'crowded', retryAfterMs: Math.max(intervalMs, Math.ceil(aheadMs)) };
}

/** Pauses create calls of all workers for the provider's Retry-After. */
export async function pauseCreates(
  database: Database,
  { provider, perMinute, burst, pauseMs }: Omit<CreateRate, 'maxWaitMs'> & { readonly pauseMs: number },
): Promise<void> {
  const toleranceMs = (MINUTE_MS / perMinute) * (burst - 1);
  await database.call(
    'providerLimits.pause',
    `INSERT INTO provider_limits AS l (provider, next_create_at) VALUES ($1, clock_timestamp() + $2::float8 * interval '1 millisecond')
     ON CONFLICT (provider) DO UPDATE SET next_create_at = greatest(l.next_create_at, excluded.next_create_at)`,
    [provider, pauseMs + toleranceMs],
  );
}
