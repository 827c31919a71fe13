import { CLOSED_CIRCUIT, type Circuit } from '#domain/provider/circuit-breaker.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** Identifies a circuit. */
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

/** Circuits with the time of the database's clock, which all workers share. */
export interface CircuitRows {
  readonly nowMs: number;
  readonly rows: CircuitRow[];
}

interface VersionedCircuit {
  /** Null: there is no row yet. */
  readonly version: number | null;
  readonly nowMs: number;
  readonly circuit: Circuit;
}

/** Each lost race means that another worker changed the circuit, so many in a row are unlikely. */
const TRIES = 40;
const TIMES_MS = `extract(epoch FROM c.failed_at)::float8 * 1000 AS "failedAtMs", extract(epoch FROM c.open_until)::float8 * 1000 AS "openUntilMs",
  extract(epoch FROM c.not_before)::float8 * 1000 AS "notBeforeMs", extract(epoch FROM c.probe_until)::float8 * 1000 AS "probeUntilMs"`;
const NOW = 'extract(epoch FROM clock_timestamp())::float8 * 1000 AS "nowMs"';

type Row = Circuit & Omit<CircuitRow, 'circuit'> & { readonly nowMs: number; readonly version: number | null };

/** Reads all circuits that have a row; there are few. */
export async function readCircuits(database: Database): Promise<CircuitRows> {
  const rows = await database.call<Row>(
    'circuits.read',
    `SELECT ${NOW}, c.provider, nullif(c.model, '') AS model, c.version, c.failures, c.openings, c.probe, ${TIMES_MS},
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
 * Applies `change` to one circuit with optimistic locking: concurrent changes are applied one after the other.
 *
 * @param change must be pure; returns the same object if nothing changes
 * @param failure stored as the last failure
 * @throws Error after {@link TRIES} lost races
 */
export async function changeCircuit(
  database: Database,
  key: CircuitKey,
  change: (circuit: Circuit, nowMs: number) => Circuit,
  failure?: ProviderFailureKind,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const current = await readOne(database, key);
    const next = change(current.circuit, current.nowMs);
    if (next === current.circuit || (await write(database, key, current, next, failure))) return;
  }
  throw new Error(`The circuit of ${key.provider} could not be changed: other workers changed it ${TRIES} times`);
}

/** Records a health check and its time. @param failure null if it succeeded */
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

async function readOne(database: Database, { provider, model }: CircuitKey): Promise<VersionedCircuit> {
  const [row] = await database.call<Row>(
    'circuits.readOne',
    `SELECT ${NOW}, c.version, c.failures, c.openings, c.probe, ${TIMES_MS}
     FROM (SELECT) AS always LEFT JOIN provider_circuits c ON c.provider = $1 AND c.model = $2`,
    [provider, model ?? ''],
  );
  if (!row) throw new Error('The database returned no time');
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

/** @returns false if another worker changed the circuit first */
async function write(
  database: Database,
  { provider, model }: CircuitKey,
  { version }: VersionedCircuit,
  next: Circuit,
  failure: ProviderFailureKind | undefined,
): Promise<boolean> {
  const times = [next.failedAtMs, next.openUntilMs, next.notBeforeMs, next.probeUntilMs];
  const values = [
    provider,
    model ?? '',
    version ?? 0,
    next.failures,
    next.openings,
    next.probe,
    ...times,
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
