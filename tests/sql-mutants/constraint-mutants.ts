import { readMigrations, withoutComments } from '#drizzle/migrate/migrations.ts';
import { mutateCheck, type SqlMutant } from './mutate-sql.ts';

/** The tables of money and delivery. */
const TABLES: ReadonlySet<string> = new Set([
  'accounts',
  'avatar_generations',
  'avatar_tombstones',
  'avatars',
  'batches',
  'credit_transfers',
  'provider_attempts',
  'provider_spending',
]);

/** Of texts and documents: a wrong one costs no credits, and their tests are those of the documents. */
const SHAPES = /_(shape|length|hash|sha256)$/;

interface Constraint {
  readonly table: string;
  readonly name: string;
  /** `CHECK (…)`, `UNIQUE (…)` or `FOREIGN KEY …`. */
  readonly definition: string;
}

/** Mutants of the constraints that the migrations define: each one dropped, and each condition of a CHECK changed. */
export async function constraintMutants(): Promise<SqlMutant[]> {
  const sql = (await readMigrations())
    .flatMap(({ steps }) => steps.flatMap(({ statements }) => statements))
    .map((statement) => withoutComments(statement).trim());
  // A later migration may replace a constraint: its newest definition counts.
  const newest = new Map(sql.flatMap(constraintsOf).map((constraint) => [constraint.name, constraint]));
  return [...[...newest.values()].flatMap(mutantsOf), ...sql.flatMap(uniqueIndexMutants)];
}

function constraintsOf(statement: string): Constraint[] {
  const [, table = ''] = /^(?:CREATE|ALTER) TABLE "?(\w+)"?/.exec(statement) ?? [];
  if (!TABLES.has(table)) return [];
  const definitions = statement.matchAll(/CONSTRAINT "?(\w+)"? ((?:CHECK|UNIQUE|FOREIGN KEY)[^\n]*?)(?:;|,?\n|$)/g);
  return [...definitions]
    .map(([, name, definition]) => ({ table, name: name!, definition: definition!.replace(/ NOT VALID$/, '') }))
    .filter(({ name }) => !SHAPES.test(name));
}

function mutantsOf({ table, name, definition }: Constraint): SqlMutant[] {
  const drop = `ALTER TABLE ${table} DROP CONSTRAINT ${name} CASCADE;`;
  const changed = definition.startsWith('CHECK') ? mutateCheck(name, definition) : [];
  return [
    { id: `${name}: dropped`, sql: drop },
    ...changed.map(({ id, sql }) => ({
      id,
      sql: `${drop} ALTER TABLE ${table} ADD CONSTRAINT ${name} ${sql} NOT VALID;`,
    })),
  ];
}

function uniqueIndexMutants(statement: string): SqlMutant[] {
  const [, name, table = ''] =
    /^CREATE UNIQUE INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?"(\w+)" ON "(\w+)"/.exec(statement) ?? [];
  return TABLES.has(table) ? [{ id: `${name}: dropped`, sql: `DROP INDEX ${name};` }] : [];
}
