import type { ApiKey as ApiKeyBody } from '#contract/api-key.ts';
import type { ApiKey } from '#drizzle/queries/accounts/api-keys.ts';

export function presentApiKey({ id, name, start, scopes, createdAt, expiresAt, lastUsedAt }: ApiKey): ApiKeyBody {
  return {
    id,
    name,
    start,
    scopes: scopes as ApiKeyBody['scopes'],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
