import { apiKeyList, apiKeyWithSecret, createApiKey, ROTATION_SUMMARY } from '../api-key.ts';
import { NO_CONTENT, type Route } from '../route.ts';
import { byId } from '../text.ts';

/** Keys for a user's own programs. Only the user manages them: no key, and no service, can create another key. */
export const apiKeysRoutes = {
  listApiKeys: {
    method: 'get',
    path: '/me/api-keys',
    tag: 'Account',
    summary: 'List the caller’s API keys, newest first',
    access: 'avatars:read',
    only: 'user',
    replies: { 200: apiKeyList },
  },
  createApiKey: {
    method: 'post',
    path: '/me/api-keys',
    tag: 'Account',
    summary: 'Create an API key; it is shown once',
    access: 'avatars:write',
    only: 'user',
    body: createApiKey,
    replies: { 201: apiKeyWithSecret },
    problems: ['conflict'],
  },
  rotateApiKey: {
    method: 'post',
    path: '/me/api-keys/:id/rotate',
    tag: 'Account',
    summary: ROTATION_SUMMARY,
    access: 'avatars:write',
    only: 'user',
    params: byId,
    replies: { 201: apiKeyWithSecret },
    problems: ['conflict'],
  },
  revokeApiKey: {
    method: 'delete',
    path: '/me/api-keys/:id',
    tag: 'Account',
    summary: 'Revoke an API key; it stops working within a second',
    access: 'avatars:delete',
    only: 'user',
    params: byId,
    replies: { 204: NO_CONTENT },
  },
} as const satisfies Record<string, Route>;
