import { API_BASE } from '#contract/route.ts';
import { API_KEYS_MAX } from '#domain/account/api-key.ts';
import { createApiKey as insert } from '#drizzle/queries/accounts/api-keys.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import { newKey } from './key-secret.ts';
import type { ApiKeyDeps } from './list.ts';
import { presentApiKey } from './present.ts';

/** Headers of a response that shows a key. */
export const SHOWN_ONCE = { Location: `${API_BASE}/me/api-keys`, 'Cache-Control': 'no-store' } as const;

/** Creates a key. It is stored as a digest: a lost response can't be repeated, and its key is revoked by its start. */
export function createApiKey({ database }: ApiKeyDeps): Handler<'createApiKey'> {
  return async ({ body, caller: { accountId } }) => {
    const { key, secret } = newKey();
    const row = await insert(database, { ...body, accountId, secret });
    if (row === undefined) throw tooManyKeys();
    return { status: 201, body: { ...presentApiKey(row), key }, headers: SHOWN_ONCE };
  };
}

export function tooManyKeys(): ApiProblem {
  return new ApiProblem('conflict', { detail: `An account has at most ${API_KEYS_MAX} API keys. Revoke one first` });
}
