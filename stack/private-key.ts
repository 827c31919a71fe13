import { generateKeyPair, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** Key generators: RSA signs URLs as Google's service accounts do, P-256 signs tokens (ES256). */
const GENERATORS = {
  rsa: async (): Promise<KeyObject> => (await generate('rsa', { modulusLength: 2048 })).privateKey,
  es256: async (): Promise<KeyObject> => (await generate('ec', { namedCurve: 'P-256' })).privateKey,
} as const;

/**
 * The private key at `path`, created at the first start: signed URLs and tokens stay valid after a restart.
 *
 * @returns PKCS #8 in PEM.
 */
export async function readOrCreatePrivateKey(path: string, kind: keyof typeof GENERATORS): Promise<string> {
  return readOrCreateFile(path, async () => {
    const key = await GENERATORS[kind]();
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  });
}

/** The content of a private file, created if it is missing. */
export async function readOrCreateFile(path: string, create: () => Promise<string>): Promise<string> {
  const existing = await readFile(path, 'utf8').catch(() => undefined);
  if (existing !== undefined) return existing;
  const content = await create();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return content;
}
