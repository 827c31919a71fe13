import type { FailureCode } from '#domain/generation/failure.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Tier } from '#domain/generation/tier.ts';
import { STAGED_BYTES } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** Percentiles of durations, ms. Null without any. */
type Spread = { readonly p50: number; readonly p95: number } | null;

export interface Ended {
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly waitingMs: Spread;
  readonly generationMs: Spread;
  readonly totalMs: Spread;
}

const GENERATED = `WHERE status = 'completed' AND source_type <> 'upload'`;

function spread(name: string, from: string, to: string): string {
  const at = (share: number) =>
    `percentile_cont(${share}) WITHIN GROUP (ORDER BY extract(epoch FROM ${to} - ${from}) * 1000) FILTER (${GENERATED})`;
  return `CASE WHEN count(${to} - ${from}) FILTER (${GENERATED}) > 0 THEN json_build_object('p50', ${at(0.5)}, 'p95', ${at(0.95)}) END AS "${name}"`;
}

/** Generations that ended since then: in total (tier null, first) and by tier. */
export async function endedSince(database: Database, since: Date): Promise<(Ended & { readonly tier: Tier | null })[]> {
  return database.call<Ended & { tier: Tier | null } & Record<string, unknown>>(
    'stats.ended',
    `SELECT tier, count(*) FILTER (WHERE status = 'completed')::int AS completed, count(*) FILTER (WHERE status = 'failed')::int AS failed,
       count(*) FILTER (WHERE status = 'cancelled')::int AS cancelled, ${spread('waitingMs', 'pending_at', 'processing_at')},
       ${spread('generationMs', 'processing_at', 'finished_at')}, ${spread('totalMs', 'created_at', 'finished_at')}
     FROM avatar_generations WHERE finished_at IS NOT NULL AND finished_at > $1
     GROUP BY GROUPING SETS ((), (tier)) ORDER BY grouping(tier) DESC, tier`,
    [since],
  );
}

/** Failure codes of generations since then, most frequent first. */
export async function failuresSince(database: Database, since: Date): Promise<{ code: FailureCode; count: number }[]> {
  return database.call<{ code: FailureCode; count: number }>(
    'stats.failures',
    `SELECT failure_code AS code, count(*)::int AS count FROM avatar_generations
     WHERE finished_at IS NOT NULL AND finished_at > $1 AND status = 'failed' GROUP BY failure_code ORDER BY count DESC, code`,
    [since],
  );
}

export interface ProviderStats {
  readonly provider: ProviderName;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Attempts that have not ended. */
  readonly open: number;
  readonly latencyMs: Spread;
  readonly costUsd: number;
  readonly failures: { readonly kind: ProviderFailureKind; readonly count: number }[];
}

/** Attempts since then, by provider. Their ids start with their time, so the primary key finds them. */
export async function attemptsSince(database: Database, since: Date): Promise<ProviderStats[]> {
  return database.call<ProviderStats & Record<string, unknown>>(
    'stats.attempts',
    `WITH recent AS MATERIALIZED (
       SELECT provider, state, failure_kind, latency_ms, cost_usd FROM provider_attempts
       WHERE id > (SELECT uuidv7($1::timestamptz - clock_timestamp()))),
     kinds AS (
       SELECT provider, failure_kind AS kind, count(*)::int AS count FROM recent WHERE state = 'failed' GROUP BY provider, failure_kind)
     SELECT provider, count(*) FILTER (WHERE state = 'succeeded')::int AS succeeded, count(*) FILTER (WHERE state = 'failed')::int AS failed,
       count(*) FILTER (WHERE state = 'cancelled')::int AS cancelled,
       count(*) FILTER (WHERE state NOT IN ('succeeded', 'failed', 'cancelled'))::int AS open,
       CASE WHEN count(latency_ms) FILTER (WHERE state = 'succeeded') > 0 THEN json_build_object(
         'p50', percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE state = 'succeeded'),
         'p95', percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE state = 'succeeded')) END AS "latencyMs",
       coalesce(sum(cost_usd), 0)::float8 AS "costUsd",
       (SELECT coalesce(json_agg(json_build_object('kind', k.kind, 'count', k.count) ORDER BY k.count DESC, k.kind), '[]')
          FROM kinds k WHERE k.provider = recent.provider) AS failures
     FROM recent GROUP BY provider ORDER BY provider`,
    [since],
  );
}

/** Objects and bytes in the bucket, without tombstones and providers' staged images. Scans an index: about 0.1 s for half a million objects. */
export async function storageTotals(database: Database): Promise<{ objects: number; bytes: number }> {
  const [row] = await database.call<{ objects: number; bytes: number }>(
    'stats.storage',
    'SELECT count(*)::float8 AS objects, coalesce(sum(bytes), 0)::float8 AS bytes FROM stored_objects WHERE bytes > $1',
    [STAGED_BYTES],
  );
  return row ?? { objects: 0, bytes: 0 };
}
