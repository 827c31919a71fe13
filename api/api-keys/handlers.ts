import type { apiKeysRoutes } from '#contract/routes/api-keys.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { createApiKey } from './create.ts';
import { listApiKeys } from './list.ts';
import { revokeApiKey } from './revoke.ts';
import { rotateApiKey } from './rotate.ts';

export function apiKeyHandlers({ database }: HandlersDeps): HandlersOf<typeof apiKeysRoutes> {
  const deps = { database };
  return {
    listApiKeys: listApiKeys(deps),
    createApiKey: createApiKey(deps),
    rotateApiKey: rotateApiKey(deps),
    revokeApiKey: revokeApiKey(deps),
  };
}
