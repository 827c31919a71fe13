import { readdir, readFile } from 'node:fs/promises';
import type { Client } from 'pg';
import { sha256, withoutComments } from './migrations.ts';
import { inTransaction, type Session } from './session.ts';

const FOLDER = new URL('../functions/', import.meta.url);

/** A function with its triggers, or a view, in its only file. It can be applied any number of times. */
export interface FunctionFile {
  /** Name of the function or view, and of the file. */
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/**
 * All functions and views, each after those that it uses.
 * @throws Error when two of them use each other
 */
export async function readFunctions(): Promise<FunctionFile[]> {
  const names = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort();
  const files = await Promise.all(
    names.map(async (file) => {
      const sql = await readFile(new URL(file, FOLDER), 'utf8');
      return { name: file.replace('.sql', ''), sql, sha256: sha256(sql) };
    }),
  );
  return sortByDependencies(files);
}

/** Sorts files so that each one follows those whose names it calls or reads. */
export function sortByDependencies(files: readonly FunctionFile[]): FunctionFile[] {
  const sorted = new Set<FunctionFile>();
  const visit = (file: FunctionFile, users: readonly FunctionFile[]): void => {
    if (sorted.has(file)) return;
    if (users.includes(file)) {
      throw new Error(`Functions use each other: ${[...users, file].map(({ name }) => name).join(' -> ')}`);
    }
    const names = new Set(withoutComments(file.sql).match(/\w+/g));
    for (const other of files) if (other !== file && names.has(other.name)) visit(other, [...users, file]);
    sorted.add(file);
  };
  for (const file of files) visit(file, []);
  return [...sorted];
}

const HISTORY = `CREATE TABLE IF NOT EXISTS schema_functions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`;

/**
 * Applies the functions whose files have changed, each in its own transaction. A file that was applied before and replaced since is
 * left alone: during a rolling deployment, a process of the earlier release must not bring the earlier function back.
 * @returns the names of the applied files
 * @throws Error when a file changes a signature, which would leave two functions of one name
 */
export async function applyFunctions(session: Session, files: readonly FunctionFile[]): Promise<string[]> {
  const { client } = session;
  await client.query(HISTORY);
  const { rows } = await client.query<{ name: string; sha256: string; latest: boolean }>(
    `SELECT name, sha256, id = max(id) OVER (PARTITION BY name) AS latest FROM schema_functions`,
  );
  const applied: string[] = [];
  for (const file of files) {
    const known = rows.filter(({ name, sha256: hash }) => name === file.name && hash === file.sha256);
    if (known.some(({ latest }) => latest)) continue;
    if (known.length > 0) {
      session.log(
        `Function ${file.name} is newer in the database: this text was replaced by a later one. To bring it back, change its text.`,
      );
      continue;
    }
    await inTransaction(session, `function ${file.name}`, async () => {
      await client.query(file.sql);
      await refuseSecondSignature(client, file.name);
      await client.query('INSERT INTO schema_functions (name, sha256) VALUES ($1, $2)', [file.name, file.sha256]);
    });
    applied.push(file.name);
  }
  return applied;
}

async function refuseSecondSignature(client: Client, name: string): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_proc WHERE proname = $1 AND pronamespace = 'public'::regnamespace`,
    [name],
  );
  if (rows[0]!.count > 1) {
    throw new Error(
      `${name}.sql changes the signature of the function, which running processes still call: give the new one another name`,
    );
  }
}

/** Drops all functions with their triggers, and all views, in reverse order. */
export async function dropFunctions(session: Session, files: readonly FunctionFile[]): Promise<void> {
  const { client } = session;
  await inTransaction(session, 'dropping the functions', async () => {
    for (const { name } of files.toReversed()) {
      const { rows } = await client.query<{ drop: string }>(
        `SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) AS drop FROM pg_trigger WHERE tgfoid = to_regproc($1)
         UNION ALL SELECT format('DROP FUNCTION %s', to_regproc($1)) WHERE to_regproc($1) IS NOT NULL
         UNION ALL SELECT format('DROP VIEW %s', oid::regclass) FROM pg_class WHERE oid = to_regclass($1) AND relkind = 'v'`,
        [name],
      );
      for (const { drop } of rows) await client.query(drop);
    }
    await client.query('DROP TABLE IF EXISTS schema_functions');
  });
}
