import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Database } from '#drizzle/connection/database.ts';
import { findKeyHolder, markKeyUsed, type KeyHolder } from '#drizzle/queries/accounts/api-keys.ts';
import { digestOf, isWellFormedKey } from './key-secret.ts';

/** A revocation whose notification was lost is seen after this at most. */
const CACHE_MS = 1_000;
const CACHE_MAX = 10_000;
const USED_EVERY_MS = 60_000;

/** The accounts that API keys belong to. */
export interface KeyHolders {
  /** @returns undefined for a key that is not valid (any more) */
  of(key: string): Promise<KeyHolder | undefined>;
  /** Drops the keys of an account: one of them was revoked, or the account was erased. */
  forget(accountId: string): void;
}

export function createKeyHolders({ database, log }: { database: Database; log: Logger }): KeyHolders {
  const cache = new LRUCache<string, KeyHolder>({ max: CACHE_MAX, ttl: CACHE_MS });
  const used = new LRUCache<string, true>({ max: CACHE_MAX, ttl: USED_EVERY_MS });
  let drops = 0;

  function markUsed(keyId: string): void {
    if (used.has(keyId)) return;
    used.set(keyId, true);
    markKeyUsed(database, keyId).catch((error: unknown) =>
      log.warn({ err: error }, 'the use of an API key was not recorded'),
    );
  }

  return {
    async of(key) {
      if (!isWellFormedKey(key)) return undefined;
      const digest = digestOf(key);
      const dropsBefore = drops;
      const holder = cache.get(digest) ?? (await findKeyHolder(database, digest));
      if (holder === undefined || holder.expiresAt.getTime() <= Date.now()) return undefined;
      // Not cached when a revocation was reported meanwhile: this may be the revoked key.
      if (drops === dropsBefore && !cache.has(digest)) cache.set(digest, holder);
      markUsed(holder.keyId);
      return holder;
    },
    forget(accountId) {
      drops += 1;
      for (const [digest, holder] of cache.entries()) if (holder.accountId === accountId) cache.delete(digest);
    },
  };
}
