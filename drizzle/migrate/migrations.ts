import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const FOLDER = new URL('../migrations/', import.meta.url);
const BREAKPOINT = '--> statement-breakpoint';
const journal = z.object({ entries: z.array(z.object({ idx: z.number(), tag: z.string() })) });

/**
 * One step of a migration.
 * - `transaction`: statements that run together or not at all.
 * - `online`: one statement that does not block traffic and can't or should not run in a transaction: it is not subject to the
 *   short lock time-out, and it can run again after it was interrupted.
 * - `batches`: one statement that changes some rows at most, and is repeated until it changes none. Interrupted, it continues where
 *   it stopped, since its condition leaves out the changed rows.
 */
export interface Step {
  readonly kind: 'transaction' | 'online' | 'batches';
  readonly statements: readonly string[];
}

/** One version of the tables, up and down. */
export interface Migration {
  readonly tag: string;
  readonly steps: readonly Step[];
  /** One transaction. */
  readonly down: string;
  /** Hash of the file: an applied migration must never change. */
  readonly sha256: string;
}

/** All migrations, in the order of drizzle-kit's journal. */
export async function readMigrations(): Promise<Migration[]> {
  const { entries } = journal.parse(JSON.parse(await readFile(new URL('meta/_journal.json', FOLDER), 'utf8')));
  return Promise.all(
    entries
      .toSorted((a, b) => a.idx - b.idx)
      .map(async ({ tag }) => {
        const up = await readFile(new URL(`${tag}.sql`, FOLDER), 'utf8');
        return parseMigration(tag, up, await readFile(new URL(`${tag}.down.sql`, FOLDER), 'utf8'));
      }),
  );
}

/** Splits a migration's file into steps: at drizzle-kit's breakpoints, adjacent ordinary statements form one transaction. */
export function parseMigration(tag: string, up: string, down: string): Migration {
  const steps: { kind: Step['kind']; statements: string[] }[] = [];
  for (const statement of up.split(BREAKPOINT).map((text) => text.trim())) {
    if (withoutComments(statement).trim() === '') continue;
    const kind = kindOf(statement);
    const last = steps.at(-1);
    if (kind === 'transaction' && last?.kind === 'transaction') last.statements.push(statement);
    else steps.push({ kind, statements: [statement] });
  }
  return { tag, steps, down, sha256: sha256(up) };
}

function kindOf(statement: string): Step['kind'] {
  if (/^-- batches$/m.test(statement)) return 'batches';
  return /\bCONCURRENTLY\b|\bVALIDATE\s+CONSTRAINT\b/i.test(withoutComments(statement)) ? 'online' : 'transaction';
}

/** SQL without its line comments. */
export function withoutComments(sql: string): string {
  return sql.replaceAll(/--[^\n]*/g, '');
}

/** Hex digest of a file's text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
