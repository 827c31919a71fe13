import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** Recent attempts and pause of a provider. */
export interface ProviderState {
  readonly name: ProviderName;
  readonly succeeded: number;
  readonly failed: number;
  readonly lastFailure: ProviderFailureKind | null;
  /** No create call is sent before this time; null if there is no pause. */
  readonly pausedUntil: Date | null;
}

/**
 * The attempts within the window, by provider, and the state of the rate limiter. Attempt ids start with their time, so the primary
 * key finds the latest.
 * @param windowMs how far back
 */
export async function readProviderStates(database: Database, windowMs: number): Promise<ProviderState[]> {
  return database.call<ProviderState & { name: ProviderName }>(
    'providers.states',
    `WITH recent AS (
       SELECT provider, count(*) FILTER (WHERE state = 'succeeded') AS succeeded, count(*) FILTER (WHERE state = 'failed') AS failed,
         (array_agg(failure_kind ORDER BY id DESC) FILTER (WHERE state = 'failed'))[1] AS last_failure
       FROM provider_attempts WHERE id > (SELECT uuidv7($1::float8 * interval '-1 millisecond')) GROUP BY provider)
     SELECT coalesce(a.provider, l.provider) AS name, coalesce(a.succeeded, 0)::int AS succeeded, coalesce(a.failed, 0)::int AS failed,
       a.last_failure AS "lastFailure", CASE WHEN l.next_create_at > now() THEN l.next_create_at END AS "pausedUntil"
     FROM recent a FULL JOIN provider_limits l ON l.provider = a.provider`,
    [windowMs],
  );
}
