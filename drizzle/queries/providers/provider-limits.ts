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

const MINUTE_MS = 60_000;

/** The rate as the limiter counts it (generic cell rate algorithm, by the database's clock), ms. */
export function slotTimes({ perMinute, burst }: Pick<CreateRate, 'perMinute' | 'burst'>) {
  const intervalMs = MINUTE_MS / perMinute;
  return { intervalMs, toleranceMs: intervalMs * (burst - 1) };
}

/** Pauses create calls of all workers for the provider's Retry-After. */
export async function pauseCreates(
  database: Database,
  { provider, perMinute, burst, pauseMs }: Omit<CreateRate, 'maxWaitMs'> & { readonly pauseMs: number },
): Promise<void> {
  const { toleranceMs } = slotTimes({ perMinute, burst });
  await database.call(
    'providerLimits.pause',
    `INSERT INTO provider_limits AS l (provider, next_create_at) VALUES ($1, clock_timestamp() + $2::float8 * interval '1 millisecond')
     ON CONFLICT (provider) DO UPDATE SET next_create_at = greatest(l.next_create_at, excluded.next_create_at)`,
    [provider, pauseMs + toleranceMs],
  );
}
