import { rotateApiKey as rotate } from '#drizzle/queries/accounts/api-keys.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { SHOWN_ONCE, tooManyKeys } from './create.ts';
import { newKey } from './key-secret.ts';
import type { ApiKeyDeps } from './list.ts';
import { presentApiKey } from './present.ts';

export function rotateApiKey({ database }: ApiKeyDeps): Handler<'rotateApiKey'> {
  return async ({ params: { id }, caller: { accountId } }) => {
    const { key, secret } = newKey();
    const row = await rotate(database, { accountId, id, secret });
    if (row === undefined) throw notFound();
    if (row === 'full') throw tooManyKeys();
    return { status: 201, body: { ...presentApiKey(row), key }, headers: SHOWN_ONCE };
  };
}
