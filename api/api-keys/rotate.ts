import { rotateApiKey as rotate } from '#drizzle/queries/accounts/api-keys.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { SHOWN_ONCE, tooManyKeys } from './create.ts';
import { newKey } from './key-secret.ts';
import type { ApiKeyDeps } from './list.ts';
import { presentApiKey } from './present.ts';

const ROTATED_BEFORE = 'This key was rotated before. Rotate or revoke the key that replaced it';

export function rotateApiKey({ database }: ApiKeyDeps): Handler<'rotateApiKey'> {
  return async ({ params: { id }, caller: { accountId } }) => {
    const { key, secret } = newKey();
    const outcome = await rotate(database, { accountId, id, secret });
    if (outcome === undefined) throw notFound();
    if (outcome.kind === 'full') throw tooManyKeys();
    if (outcome.kind === 'rotated') throw new ApiProblem('conflict', { detail: ROTATED_BEFORE });
    return { status: 201, body: { ...presentApiKey(outcome.successor), key }, headers: SHOWN_ONCE };
  };
}
