import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The roles of the embedded cluster. */
export const ROLES = {
  /** Superuser of the embedded cluster: migrations, tests, backup. */
  owner: 'avatar_owner',
  /** A member of the next two, for tests that do what both processes do. */
  app: 'avatar_app',
  /** They own nothing; the migrations grant their privileges. */
  api: 'avatar_api',
  worker: 'avatar_worker',
  /** Owns the two databases of the Temporal server and nothing else. */
  temporal: 'temporal',
} as const;

const fresh = (): string => randomBytes(18).toString('base64url');

export type Passwords = Readonly<Record<keyof typeof ROLES, string>>;

/** A folder of an earlier release lacks the roles that came later. */
const StoredSchema = z.object({
  owner: z.string(),
  app: z.string(),
  api: z.string().default(fresh),
  worker: z.string().default(fresh),
  temporal: z.string(),
});

/**
 * The passwords of the cluster: random, because every user of the machine can reach the loopback port. They are
 * stored next to the cluster, so that both are removed together.
 */
export async function readOrCreatePasswords(folder: string): Promise<Passwords> {
  const path = join(folder, 'passwords.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const stored: unknown = text === undefined ? { owner: fresh(), app: fresh(), temporal: fresh() } : JSON.parse(text);
  const passwords: Passwords = StoredSchema.parse(stored);
  if (text === JSON.stringify(passwords)) return passwords;
  // Without the owner's password, the cluster could not be opened any more: the file is never half written.
  await writeFile(`${path}.new`, JSON.stringify(passwords), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return passwords;
}
