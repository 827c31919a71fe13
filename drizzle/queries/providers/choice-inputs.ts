import type { Spending } from '#domain/provider/budget.ts';
import { BLAMED_FAILURES } from '#domain/provider/provider-failure.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { ModelRecord } from '#domain/provider/ranking.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { SWITCHES, type SwitchRow, type Switches, switchesIn } from '../admin/feature-switches.ts';
import { SPENDING, spendingIn, type SpendingRow } from './provider-spending.ts';

export type RecentRecord = ModelRecord & PlannedModel;

/** What the choice of a request's providers depends on. */
export interface ChoiceInputs {
  readonly switches: Switches;
  /** Null is the model of a provider's own circuit. */
  readonly openCircuits: readonly { readonly provider: ProviderName; readonly model: string | null; until: Date }[];
  /** Today's (UTC) by provider, US dollars. */
  readonly spending: Spending;
  /** Each model's record of the attempts within the window; null when it was not asked for. */
  readonly records: readonly RecentRecord[] | null;
}

interface Row {
  readonly switches: readonly (SwitchRow & { readonly changedAt: string })[];
  readonly openCircuits: readonly { provider: ProviderName; model: string | null; untilMs: number }[];
  readonly spending: readonly SpendingRow[];
  readonly records: readonly RecentRecord[] | null;
}

const OPEN_CIRCUITS = `SELECT provider, nullif(model, '') AS model, extract(epoch FROM open_until)::float8 * 1000 AS "untilMs"
     FROM provider_circuits WHERE open_until > clock_timestamp()`;

/** Attempt ids start with their time, so the primary key finds the latest. */
const RECORDS = `SELECT provider, model, count(*) FILTER (WHERE state = 'succeeded')::int AS succeeded,
       count(*) FILTER (WHERE state = 'failed' AND failure_kind = ANY ($2))::int AS failed,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE state = 'succeeded') AS "medianMs"
     FROM provider_attempts WHERE id > (SELECT uuidv7($1::float8 * interval '-1 millisecond'))
     GROUP BY provider, model ORDER BY provider, model`;

const listOf = (select: string) => `(SELECT coalesce(jsonb_agg(r), '[]') FROM (${select}) AS r)`;

/**
 * Reads all in one statement. The records cost most, and only when they are asked for.
 * @param recordsOfMs how far back the records go; null reads none
 */
export async function readChoiceInputs(database: Database, recordsOfMs: number | null): Promise<ChoiceInputs> {
  const [row] = await database.call<Row>(
    'providers.choiceInputs',
    `SELECT ${listOf(SWITCHES)} AS switches, ${listOf(OPEN_CIRCUITS)} AS "openCircuits", ${listOf(SPENDING)} AS spending,
       CASE WHEN $1::float8 IS NOT NULL THEN ${listOf(RECORDS)} END AS records`,
    [recordsOfMs, BLAMED_FAILURES],
  );
  if (!row) throw new Error('The database returned no inputs of the provider choice');
  const { switches, openCircuits, spending, records } = row;
  return {
    switches: switchesIn(switches.map(({ changedAt, ...stored }) => ({ ...stored, changedAt: new Date(changedAt) }))),
    openCircuits: openCircuits.map(({ untilMs, ...circuit }) => ({ ...circuit, until: new Date(untilMs) })),
    spending: spendingIn(spending),
    records,
  };
}
