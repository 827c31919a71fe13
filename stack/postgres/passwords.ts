import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The roles of the embedded cluster. */
export const ROLES = {
  /** Superuser of the embedded cluster: migrations, tests, backup. */
  owner: 'avatar_owner',
  /** Role of the embedded stack's processes: owns nothing, and is a member of the next two. */
  app: 'avatar_app',
  /** Roles of API and worker where they have one each; the migrations grant their privileges. Here, with the password of `app`. */
  api: 'avatar_api',
  worker: 'avatar_worker',
  /** Owns the two databases of the Temporal server and nothing else. */
  temporal: 'temporal',
} as const;

const PasswordsSchema = z.object({ owner: z.string(), app: z.string(), temporal: z.string() });

export type Passwords = z.infer<typeof PasswordsSchema>;

const fresh = (): string => randomBytes(18).toString('base64url');

/**
 * The passwords of the cluster: random, because every user of the machine can reach the loopback port. They are
 * stored next to the cluster, so that both are removed together.
 */
export async function readOrCreatePasswords(folder: string): Promise<Passwords> {
  const path = join(folder, 'passwords.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) return PasswordsSchema.parse(JSON.parse(text));
  const passwords: Passwords = { owner: fresh(), app: fresh(), temporal: fresh() };
  await writeFile(path, JSON.stringify(passwords), { mode: 0o600 });
  await chmod(path, 0o600);
  return passwords;
}
