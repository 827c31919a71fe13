import { CLOSED_CIRCUIT, type Circuit } from '#domain/provider/circuit-breaker.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** Whose circuit. */
export interface CircuitKey {
  readonly provider: ProviderName;
  /** Null: the provider as a whole. */
  readonly model: string | null;
}

interface CircuitRow extends CircuitKey {
  readonly circuit: Circuit;
  readonly lastFailure: ProviderFailureKind | null;
  readonly checkedAt: Date | null;
  readonly checkFailure: ProviderFailureKind | null;
}

/** Circuits by the server's clock, which all workers share. */
export interface CircuitRows {
  readonly nowMs: number;
  readonly rows: CircuitRow[];
}

interface Told {
  /** Null: nobody ever changed it. */
  readonly version: number | null;
  readonly nowMs: number;
  readonly circuit: Circuit;
}

/** Each loss means that somebody else has changed it, so there are never many in a row. */
const TRIES = 40;
const MOMENTS = `extract(epoch FROM c.failed_at)::float8 * 1000 AS "failedAtMs", extract(epoch FROM c.open_until)::float8 * 1000 AS "openUntilMs",
  extract(epoch FROM c.not_before)::float8 * 1000 AS "notBeforeMs", extract(epoch FROM c.probe_until)::float8 * 1000 AS "probeUntilMs"`;
const NOW = 'extract(epoch FROM clock_timestamp())::float8 * 1000 AS "nowMs"';

type Row = Circuit & Omit<CircuitRow, 'circuit'> & { readonly nowMs: number; readonly version: number | null };

/** All that anybody ever changed; a handful of rows. */
export async function readCircuits(database: Database): Promise<CircuitRows> {
  const rows = await database.call<Row>(
    'circuits.read',
    `SELECT ${NOW}, c.provider, nullif(c.model, '') AS model, c.version, c.failures, c.openings, c.probe, ${MOMENTS},
       c.last_failure AS "lastFailure", c.checked_at AS "checkedAt", c.check_failure AS "checkFailure"
     FROM (SELECT) AS always LEFT JOIN provider_circuits c ON true ORDER BY c.provider, c.model`,
    [],
  );
  const known = rows.filter(({ version }) => version !== null);
  return {
    nowMs: rows[0]?.nowMs ?? 0,
    rows: known.map(({ provider, model, lastFailure, checkedAt, checkFailure, ...row }) => ({
      provider,
      model,
      lastFailure,
      checkedAt,
      checkFailure,
      circuit: circuitIn(row),
    })),
  };
}

/**
 * Changes one circuit as `change` says, over the state that it was made from: of many at once, each sees what the one before it did.
 *
 * @param change pure; gets the circuit and the server's time, and gives the circuit back where nothing changes
 * @param failure kept as the last one
 */
export async function changeCircuit(
  database: Database,
  key: CircuitKey,
  change: (circuit: Circuit, nowMs: number) => Circuit,
  failure?: ProviderFailureKind,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const told = await readOne(database, key);
    const next = change(told.circuit, told.nowMs);
    if (next === told.circuit || (await write(database, key, told, next, failure))) return;
  }
  throw new Error(`The circuit of ${key.provider} would not be changed`);
}

/** Notes when the free call was made and what it came to. @param failure null: it went well */
export async function recordProviderCheck(
  database: Database,
  provider: ProviderName,
  failure: ProviderFailureKind | null,
): Promise<void> {
  await database.call(
    'circuits.checked',
    `INSERT INTO provider_circuits AS c (provider, model, checked_at, check_failure) VALUES ($1, '', now(), $2)
     ON CONFLICT (provider, model) DO UPDATE SET checked_at = excluded.checked_at, check_failure = excluded.check_failure`,
    [provider, failure],
  );
}

async function readOne(database: Database, { provider, model }: CircuitKey): Promise<Told> {
  const [row] = await database.call<Row>(
    'circuits.readOne',
    `SELECT ${NOW}, c.version, c.failures, c.openings, c.probe, ${MOMENTS}
     FROM (SELECT) AS always LEFT JOIN provider_circuits c ON c.provider = $1 AND c.model = $2`,
    [provider, model ?? ''],
  );
  if (!row) throw new Error('The database did not tell its time');
  return { version: row.version, nowMs: row.nowMs, circuit: row.version === null ? CLOSED_CIRCUIT : circuitIn(row) };
}

function circuitIn({
  failures,
  openings,
  probe,
  failedAtMs,
  openUntilMs,
  notBeforeMs,
  probeUntilMs,
}: Circuit): Circuit {
  return { failures, openings, probe, failedAtMs, openUntilMs, notBeforeMs, probeUntilMs };
}

/** @returns false when somebody else was quicker */
async function write(
  database: Database,
  { provider, model }: CircuitKey,
  { version }: Told,
  next: Circuit,
  failure: ProviderFailureKind | undefined,
): Promise<boolean> {
  const moments = [next.failedAtMs, next.openUntilMs, next.notBeforeMs, next.probeUntilMs];
  const values = [
    provider,
    model ?? '',
    version ?? 0,
    next.failures,
    next.openings,
    next.probe,
    ...moments,
    failure ?? null,
  ];
  const rows = await database.call(
    'circuits.write',
    `INSERT INTO provider_circuits AS c (provider, model, failures, openings, probe, failed_at, open_until, not_before, probe_until, last_failure)
     VALUES ($1, $2, $4, $5, $6, ${[7, 8, 9, 10].map((at) => `to_timestamp($${at}::float8 / 1000)`).join(', ')}, $11)
     ON CONFLICT (provider, model) DO UPDATE SET version = c.version + 1, failures = excluded.failures, openings = excluded.openings,
       probe = excluded.probe, failed_at = excluded.failed_at, open_until = excluded.open_until, not_before = excluded.not_before,
       probe_until = excluded.probe_until, last_failure = coalesce(excluded.last_failure, c.last_failure)
     WHERE c.version = $3 RETURNING c.version`,
    values,
  );
  return rows.length === 1;
}
