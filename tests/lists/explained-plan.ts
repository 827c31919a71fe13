import type { Client } from 'pg';
import type { Statement } from './capture-statements.ts';

/** Tables of at least this many rows must be read through an index. The accounts are only some pages. */
const BIG_TABLE_ROWS = 5_000;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Parent Relationship'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What the planner does with a statement. */
export interface Explained {
  /** Big tables that are scanned sequentially. */
  readonly scanned: readonly string[];
  /** Pages that were read; 0 when the statement was only planned. */
  readonly pages: number;
  /** Rows and index entries that its scans read, those that a filter left out included; 0 when it was only planned. */
  readonly rows: number;
  /** Of these, those read to count: by parts that need nothing of a row and run once. */
  readonly counted: number;
}

/** The big tables of a database. */
export async function bigTables(owner: Client): Promise<ReadonlySet<string>> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= $1`,
    [BIG_TABLE_ROWS],
  );
  return new Set(rows.map(({ name }) => name));
}

/** Runs the statement with a plan for its values. */
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
  if (plan === undefined) throw new Error('The server returned no plan');
  const pages = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
  return { scanned: scannedIn(plan, big), pages, rows: rowsReadBy(plan), counted: rowsCountedBy(plan) };
}

/** Plans the statement without its values, as the server may do for a prepared statement. */
export async function explainGeneric(owner: Client, big: ReadonlySet<string>, { text }: Statement): Promise<Explained> {
  const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`,
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (plan === undefined) throw new Error('The server returned no plan');
  return { scanned: scannedIn(plan, big), pages: 0, rows: 0, counted: 0 };
}

function rowsReadBy(node: PlanNode): number {
  const loops = node['Actual Loops'] ?? 0;
  const own = node['Node Type'].endsWith('Scan') && !node['Node Type'].startsWith('Subquery');
  const read = own ? loops * ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) : 0;
  return (node.Plans ?? []).reduce((sum, child) => sum + rowsReadBy(child), read);
}

function rowsCountedBy(node: PlanNode): number {
  return (node.Plans ?? []).reduce(
    (sum, child) => sum + (child['Parent Relationship'] === 'InitPlan' ? rowsReadBy(child) : rowsCountedBy(child)),
    0,
  );
}

function scannedIn(node: PlanNode, big: ReadonlySet<string>): string[] {
  const name = node['Relation Name'];
  const own = node['Node Type'] === 'Seq Scan' && name !== undefined && big.has(name) ? [name] : [];
  return [...own, ...(node.Plans ?? []).flatMap((child) => scannedIn(child, big))];
}
