import { expect, it } from 'vitest';
import { serviceClients } from './service-clients.ts';

it('reads the clients and the most that each may do', () => {
  expect([...serviceClients.parse('chat=avatars:read usage:write, payments=credits:write')]).toEqual([
    ['chat', ['avatars:read', 'usage:write']],
    ['payments', ['credits:write']],
  ]);
});

it.each([
  ['a client without scopes', 'chat='],
  ['a scope that does not exist', 'chat=everything'],
  ['no client', '=avatars:read'],
  ['no scopes at all', 'chat'],
  ['an empty text', ''],
])('refuses %s', (_what, value) => {
  expect(serviceClients.safeParse(value).success).toBe(false);
});
