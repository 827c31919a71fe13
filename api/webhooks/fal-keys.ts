import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';

/** fal asks callers not to store its keys for longer than a day. */
const CACHED_MS = 12 * 3600_000;
/** A signature that no known key made may be of a new key; forged ones must not cause a request each. */
const REFRESH_AFTER_MS = 60_000;
const FETCH_TIMEOUT_MS = 5_000;
const KEYS_MAX = 20;

const FAL_JWKS_URL = 'https://rest.alpha.fal.ai/.well-known/jwks.json';

const keySet = z.object({
  keys: z.array(z.object({ kty: z.string(), crv: z.string().optional(), x: z.string().optional() })),
});

/** fal's public keys. */
export interface FalKeys {
  /** @throws Error while the keys can't be read and none are known */
  isSignedByFal(message: Buffer, signature: Buffer): Promise<boolean>;
}

export interface FalKeysOptions {
  /** Of a JSON Web Key Set with Ed25519 keys. */
  readonly url?: string | undefined;
  readonly fetch?: typeof fetch;
  readonly now?: () => number;
}

/** Reads the keys once and caches them; requests that need them at the same time share one call. */
export function createFalKeys({
  url = FAL_JWKS_URL,
  fetch: send = fetch,
  now = Date.now,
}: FalKeysOptions = {}): FalKeys {
  let known: { readonly keys: readonly KeyObject[]; readonly atMs: number } | undefined;
  let reading: Promise<void> | undefined;
  let triedMs = Number.NEGATIVE_INFINITY;

  async function read(): Promise<void> {
    triedMs = now();
    const reply = await send(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!reply.ok) throw new Error(`fal's keys were answered with ${reply.status}`);
    const { keys } = keySet.parse(await reply.json());
    const ours = keys
      .filter(({ kty, crv, x }) => kty === 'OKP' && crv === 'Ed25519' && x !== undefined)
      .slice(0, KEYS_MAX);
    known = {
      keys: ours.map(({ x }) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: x! }, format: 'jwk' })),
      atMs: now(),
    };
  }

  /** @returns whether the keys were read anew */
  async function refresh(olderThanMs: number): Promise<boolean> {
    if (known !== undefined && now() - known.atMs < olderThanMs) return false;
    if (reading === undefined && now() - triedMs < REFRESH_AFTER_MS) return false;
    reading ??= read().finally(() => (reading = undefined));
    await reading;
    return true;
  }

  const matches = (message: Buffer, signature: Buffer) =>
    known?.keys.some((key) => verify(null, message, key, signature)) ?? false;

  return {
    async isSignedByFal(message, signature) {
      // Known keys serve while new ones can't be read.
      await refresh(CACHED_MS).catch((error: unknown) => {
        if (known === undefined) throw error;
      });
      if (known === undefined) throw new Error("fal's keys could not be read yet");
      if (matches(message, signature)) return true;
      const isNew = await refresh(REFRESH_AFTER_MS).catch(() => false);
      return isNew && matches(message, signature);
    },
  };
}
