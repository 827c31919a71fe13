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
  /** Its account is. */
  readonly blocked: boolean;
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
    `SELECT ${COLUMNS} FROM store_api_key($1, $2, $3, $4, $5, $6, $7) k`,
    [accountId, name, secret.start, secret.digest, scopes, expiresInDays, API_KEYS_MAX],
  );
  return row;
}

export type RotateApiKeyOutcome =
  | { readonly kind: 'stored'; readonly successor: ApiKey }
  /** The account has {@link API_KEYS_MAX}. */
  | { readonly kind: 'full' }
  /** The key has a successor already. */
  | { readonly kind: 'rotated' };

/**
 * Creates a key with the name, the scopes and the lifetime of another one, which expires soon.
 * @returns undefined if the account has no such key
 */
export async function rotateApiKey(
  database: Database,
  { accountId, id, secret }: { readonly accountId: string; readonly id: string; readonly secret: KeySecret },
): Promise<RotateApiKeyOutcome | undefined> {
  const [row] = await database.call<ApiKey & { readonly outcome: RotateApiKeyOutcome['kind'] }>(
    'apiKeys.rotate',
    `SELECT k.outcome, ${COLUMNS} FROM rotate_api_key($1, $2, $3, $4, $5, $6) k`,
    [accountId, id, secret.start, secret.digest, ROTATED_KEY_HOURS, API_KEYS_MAX],
  );
  if (row === undefined) return undefined;
  const { outcome: kind, ...successor } = row;
  return kind === 'stored' ? { kind, successor } : { kind };
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
    `SELECT k.id AS "keyId", k.account_id AS "accountId", a.tier, a.display_name AS name, a.blocked_at IS NOT NULL AS blocked, k.scopes, k.expires_at AS "expiresAt"
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
