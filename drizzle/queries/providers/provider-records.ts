import { BLAMED_FAILURES } from '#domain/provider/provider-failure.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { ModelRecord } from '#domain/provider/ranking.ts';
import type { Database } from '#drizzle/connection/database.ts';

/**
 * Each model's record of the attempts within the window. Attempt ids start with their time, so the primary key finds the latest.
 * @param windowMs how far back
 */
export async function readRecords(database: Database, windowMs: number): Promise<(ModelRecord & PlannedModel)[]> {
  return database.call<ModelRecord & PlannedModel>(
    'providers.records',
    `SELECT provider, model, count(*) FILTER (WHERE state = 'succeeded')::int AS succeeded,
       count(*) FILTER (WHERE state = 'failed' AND failure_kind = ANY ($2))::int AS failed,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE state = 'succeeded') AS "medianMs"
     FROM provider_attempts WHERE id > (SELECT uuidv7($1::float8 * interval '-1 millisecond'))
     GROUP BY provider, model ORDER BY provider, model`,
    [windowMs, BLAMED_FAILURES],
  );
}
