import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const FOLDER = new URL('./migrations/', import.meta.url);
const journal = z.object({ entries: z.array(z.object({ idx: z.number(), tag: z.string() })) });

/** One step of the schema, up and down. */
export interface Migration {
  readonly tag: string;
  readonly up: string;
  readonly down: string;
  /** Hash of `up`: an applied migration must never change. */
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
        const down = await readFile(new URL(`${tag}.down.sql`, FOLDER), 'utf8');
        return { tag, up, down, sha256: createHash('sha256').update(up).digest('hex') };
      }),
  );
}
