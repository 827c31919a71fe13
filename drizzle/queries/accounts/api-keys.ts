import { API_KEYS_MAX, ROTATED_KEY_HOURS } from '#domain/account/api-key.ts';
import type { Tier } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** An API key without its secret. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly start: string;
  readonly scopes: string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface NewApiKey {
  readonly accountId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresInDays: number;
  /** Of the new key. */
  readonly secret: KeySecret;
}

export interface KeySecret {
  readonly start: string;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/** A valid key's account. */
export interface KeyHolder {
  readonly keyId: string;
  readonly accountId: string;
  readonly tier: Tier;
  readonly name: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
}

const COLUMNS = `k.id, k.name, k.start, k.scopes, k.created_at AS "createdAt", k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt"`;

/** The keys of an account that have not expired, newest first. */
export async function listApiKeys(database: Database, accountId: string): Promise<ApiKey[]> {
  return database.call<ApiKey>(
    'apiKeys.list',
    `SELECT ${COLUMNS} FROM api_keys k WHERE k.account_id = $1 AND k.expires_at > now()
     ORDER BY k.created_at DESC NULLS FIRST, k.id DESC NULLS FIRST`,
    [accountId],
  );
}

/** @returns undefined if the account has {@link API_KEYS_MAX} already. Its expired keys are deleted */
export async function createApiKey(database: Database, input: NewApiKey): Promise<ApiKey | undefined> {
  const { accountId, name, scopes, expiresInDays, secret } = input;
  const [row] = await database.call<ApiKey>(
    'apiKeys.create',
    `WITH expired AS (DELETE FROM api_keys WHERE account_id = $1 AND expires_at <= now())
     INSERT INTO api_keys AS k (account_id, name, start, digest, scopes, expires_at)
       SELECT a.id, $2, $3, $4, $5, now() + $6 * interval '1 day' FROM accounts a
       WHERE a.id = $1 AND a.erased_at IS NULL AND (SELECT count(*) FROM api_keys o WHERE o.account_id = $1 AND o.expires_at > now()) < $7
     RETURNING ${COLUMNS}`,
    [accountId, name, secret.start, secret.digest, scopes, expiresInDays, API_KEYS_MAX],
  );
  return row;
}

/**
 * Creates a key with the name, the scopes and the lifetime of another one, which expires soon.
 * @returns undefined if the account has no such key; `full` if it has {@link API_KEYS_MAX}
 */
export async function rotateApiKey(
  database: Database,
  { accountId, id, secret }: { readonly accountId: string; readonly id: string; readonly secret: KeySecret },
): Promise<ApiKey | 'full' | undefined> {
  const [old] = await database.call<{ count: number }>(
    'apiKeys.count',
    `SELECT (SELECT count(*)::int FROM api_keys o WHERE o.account_id = $1 AND o.expires_at > now()) AS count
     FROM api_keys k WHERE k.account_id = $1 AND k.id = $2 AND k.expires_at > now()`,
    [accountId, id],
  );
  if (old === undefined) return undefined;
  if (old.count >= API_KEYS_MAX) return 'full';
  const [row] = await database.call<ApiKey>(
    'apiKeys.rotate',
    `WITH old AS (
       UPDATE api_keys SET expires_at = least(expires_at, now() + $5 * interval '1 hour')
       WHERE account_id = $1 AND id = $2 AND expires_at > now() RETURNING api_keys.*, old.expires_at - old.created_at AS lifetime)
     INSERT INTO api_keys AS k (account_id, name, start, digest, scopes, expires_at)
       SELECT o.account_id, o.name, $3, $4, o.scopes, now() + o.lifetime FROM old o
     RETURNING ${COLUMNS}`,
    [accountId, id, secret.start, secret.digest, ROTATED_KEY_HOURS],
  );
  return row;
}

/** Every API process forgets what it knows of the account, and ends its event streams. @returns false if there is no such key */
export async function revokeApiKey(database: Database, accountId: string, id: string): Promise<boolean> {
  const rows = await database.call(
    'apiKeys.revoke',
    `WITH revoked AS (DELETE FROM api_keys WHERE account_id = $1 AND id = $2 RETURNING account_id)
     SELECT pg_notify('account', json_build_object('accountId', r.account_id)::text) FROM revoked r`,
    [accountId, id],
  );
  return rows.length === 1;
}

/** @param digest SHA-256 of the key, hexadecimal. @returns undefined for a key that was revoked, has expired or never existed */
export async function findKeyHolder(database: Database, digest: string): Promise<KeyHolder | undefined> {
  const [row] = await database.call<KeyHolder>(
    'apiKeys.find',
    `SELECT k.id AS "keyId", k.account_id AS "accountId", a.tier, a.display_name AS name, k.scopes, k.expires_at AS "expiresAt"
     FROM api_keys k JOIN accounts a ON a.id = k.account_id
     WHERE k.digest = $1 AND k.expires_at > now() AND a.erased_at IS NULL`,
    [digest],
  );
  return row;
}

/** Records that a key was used now; at most once a minute. */
export async function markKeyUsed(database: Database, keyId: string): Promise<void> {
  await database.call(
    'apiKeys.used',
    `UPDATE api_keys SET last_used_at = now() WHERE id = $1 AND coalesce(last_used_at < now() - interval '1 minute', true)`,
    [keyId],
  );
}
