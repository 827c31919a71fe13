import type { Client } from 'pg';
import type { Statement } from './capture-statements.ts';

/** Tables of this many rows are read through an index, or somebody waits; two thousand accounts are forty pages. */
const BIG_TABLE_ROWS = 5_000;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What the planner makes of a statement. */
export interface Explained {
  /** Big tables that are read from end to end. */
  readonly scanned: readonly string[];
  /** Pages that were touched; 0 where it was only planned. */
  readonly pages: number;
}

/** The big tables of a database. */
export async function bigTables(owner: Client): Promise<ReadonlySet<string>> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= $1`,
    [BIG_TABLE_ROWS],
  );
  return new Set(rows.map(({ name }) => name));
}

/** Runs the statement with its values, as a plan made for them. */
export async function explainRun(
  owner: Client,
  big: ReadonlySet<string>,
  { text, values }: Statement,
): Promise<Explained> {
  const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${text}`,
    [...values],
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (plan === undefined) throw new Error('The server explained nothing');
  return { scanned: scannedIn(plan, big), pages: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0) };
}

/** Plans the statement without its values, as the server may do with one that is prepared. */
export async function explainGeneric(owner: Client, big: ReadonlySet<string>, { text }: Statement): Promise<Explained> {
  const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`,
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (plan === undefined) throw new Error('The server explained nothing');
  return { scanned: scannedIn(plan, big), pages: 0 };
}

function scannedIn(node: PlanNode, big: ReadonlySet<string>): string[] {
  const name = node['Relation Name'];
  const own = node['Node Type'] === 'Seq Scan' && name !== undefined && big.has(name) ? [name] : [];
  return [...own, ...(node.Plans ?? []).flatMap((child) => scannedIn(child, big))];
}
