import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

export interface CreateRate {
  readonly provider: ProviderName;
  /** Creates a minute, over all workers. */
  readonly perMinute: number;
  /** Creates that may leave at once after a quiet time. */
  readonly burst: number;
  /** No slot is taken that lies further ahead than this, ms. */
  readonly maxWaitMs: number;
}

export type CreateSlotOutcome =
  /** The caller has this slot: wait so long, then call. */
  | { readonly kind: 'taken'; readonly waitMs: number }
  /** Too many stand before; ask again after that time. */
  | { readonly kind: 'crowded'; readonly retryAfterMs: number };

const MINUTE_MS = 60_000;

/**
 * Takes a place among a provider's creates, shared by all workers (generic cell rate algorithm, the server's clock). A slot
 * whose taker dies is lost. Not repeated by itself after a lost reply: that costs one slot and no money.
 */
export async function acquireCreateSlot(database: Database, rate: CreateRate): Promise<CreateSlotOutcome> {
  const intervalMs = MINUTE_MS / rate.perMinute;
  const toleranceMs = intervalMs * (rate.burst - 1);
  const [slot] = await database.call<{ wait_ms: number }>(
    'providerLimits.take',
    `INSERT INTO provider_limits AS l (provider, next_create_at) VALUES ($1, clock_timestamp() + $2::float8 * interval '1 millisecond')
     ON CONFLICT (provider) DO UPDATE
       SET next_create_at = greatest(l.next_create_at, clock_timestamp()) + $2::float8 * interval '1 millisecond'
       WHERE l.next_create_at <= clock_timestamp() + ($3::float8 + $4::float8) * interval '1 millisecond'
     RETURNING greatest(0, extract(epoch FROM l.next_create_at - clock_timestamp())::float8 * 1000 - $2::float8 - $3::float8) AS wait_ms`,
    [rate.provider, intervalMs, toleranceMs, rate.maxWaitMs],
  );
  if (slot) return { kind: 'taken', waitMs: Math.ceil(slot.wait_ms) };
  const [line] = await database.call<{ ahead_ms: number }>(
    'providerLimits.ahead',
    'SELECT extract(epoch FROM next_create_at - clock_timestamp())::float8 * 1000 AS ahead_ms FROM provider_limits WHERE provider = $1',
    [rate.provider],
  );
  const aheadMs = (line?.ahead_ms ?? 0) - toleranceMs - rate.maxWaitMs;
  return { kind: 'crowded', retryAfterMs: Math.max(intervalMs, Math.ceil(aheadMs)) };
}

/** The provider asked for patience (Retry-After): nobody creates before that time has passed. */
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
