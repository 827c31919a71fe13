import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiKey } from '#contract/api-key.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { ApiKeysSection } from './api-keys-section.tsx';

afterEach(cleanup);

const KEY = 'avs_8Zk3vQ1mXy7Rt5Lw2Nc9Jd4Hs6Fb0Gp1A4fK2q';
const API_KEY: ApiKey = {
  id: '0198c0de-0000-7000-8000-000000000040',
  name: 'Newsletter',
  start: 'avs_8Zk3',
  scopes: ['avatars:read'],
  createdAt: '2026-11-22T08:00:00.000Z',
  expiresAt: '2027-02-20T08:00:00.000Z',
  lastUsedAt: null,
};

function open(apiKeys: readonly ApiKey[]) {
  const answer = ({ method }: Sent) => {
    if (method === 'GET') return { body: { data: apiKeys } };
    return method === 'POST' ? { status: 201, body: { ...API_KEY, key: KEY } } : { status: 204, body: undefined };
  };
  const view = renderInStudio(<ApiKeysSection />, { answer });
  return { ...view, changes: () => view.sent.filter(({ method }) => method !== 'GET') };
}

describe('the API keys section', () => {
  it('creates a key with the chosen rights and lifetime, and shows it once', async () => {
    const { user, changes } = open([]);
    await user.click(await screen.findByRole('button', { name: 'Create API key' }));
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Newsletter');
    await user.click(screen.getByRole('checkbox', { name: 'Record that an avatar was used' }));
    await user.click(screen.getByRole('radio', { name: '30 days' }));
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    expect(await screen.findByDisplayValue(KEY)).toBeTruthy();
    expect(changes()).toMatchObject([
      {
        path: '/me/api-keys',
        body: { name: 'Newsletter', scopes: ['avatars:read', 'usage:write'], expiresInDays: 30 },
      },
    ]);
    await user.click(screen.getByRole('button', { name: 'I have saved it' }));
    await waitFor(() => expect(screen.queryByDisplayValue(KEY)).toBeNull());
  });

  it('asks what a key is for, and sends nothing without a name', async () => {
    const { user, changes } = open([]);
    await user.click(await screen.findByRole('button', { name: 'Create API key' }));
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    expect((await screen.findByRole('alert')).textContent).toContain('what the key is for');
    expect(changes()).toEqual([]);
  });

  it('lists keys with their use and expiry, and shows a rotated one', async () => {
    const { user, changes } = open([API_KEY]);
    expect((await screen.findByRole('list', { name: 'API keys' })).textContent).toContain('Never used');
    await user.click(screen.getByRole('button', { name: 'Rotate Newsletter' }));
    expect(await screen.findByDisplayValue(KEY)).toBeTruthy();
    expect(changes()).toMatchObject([{ method: 'POST', path: `/me/api-keys/${API_KEY.id}/rotate` }]);
  });

  it('revokes a key after a question', async () => {
    const { user, changes } = open([API_KEY]);
    await user.click(await screen.findByRole('button', { name: 'Revoke Newsletter' }));
    expect(changes()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Revoke key' }));
    await waitFor(() => expect(changes()).toMatchObject([{ method: 'DELETE', path: `/me/api-keys/${API_KEY.id}` }]));
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Create API key'));
  });
});
