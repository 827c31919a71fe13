import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Share } from '#contract/share.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { ShareDialog } from './share-dialog.tsx';

afterEach(cleanup);

const TOKEN = 'shr_8Zk3vQ1mXy7Rt5Lw2Nc9Jd4Hs6Fb0Gp1';
const share = (id: string): Share => ({
  id,
  showsName: false,
  createdAt: '2026-11-22T08:00:00.000Z',
  expiresAt: '2026-11-29T08:00:00.000Z',
});

function renderDialog(shares: Share[]) {
  const answer = ({ method }: Sent) => {
    if (method === 'GET') return { body: { data: shares } };
    if (method === 'POST') return { status: 201, body: { ...share('new'), token: TOKEN } };
    shares.splice(0, 1);
    return { status: 204, body: undefined };
  };
  return renderInStudio(<ShareDialog avatar={{ id: 'a1', name: 'Archmage' }} onClose={() => undefined} />, { answer });
}

describe('the share dialog', () => {
  it('creates nothing until it is asked to, and hides the name unless the user shows it', async () => {
    const { user, sent } = renderDialog([]);
    const button = await screen.findByRole('button', { name: 'Create link' });
    expect(sent.map(({ method }) => method)).toEqual(['GET']);
    await user.click(screen.getByRole('radio', { name: /^1\sday$/u }));
    await user.click(button);
    expect(await screen.findByRole('textbox', { name: 'Link' })).toHaveProperty(
      'value',
      `${window.location.origin}/s/${TOKEN}`,
    );
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Copy link' })));
    const created = sent.find(({ method }) => method === 'POST');
    expect(created).toMatchObject({ path: '/avatars/a1/shares', body: { days: 1, showsName: false } });
  });

  it('lists the links that work, and revokes one', async () => {
    const { user, sent } = renderDialog([share('s1')]);
    await user.click(await screen.findByRole('button', { name: /Revoke the link/ }));
    expect(sent.find(({ method }) => method === 'DELETE')?.path).toBe('/shares/s1');
    await expect.poll(() => screen.queryByRole('list', { name: 'Links' })).toBeNull();
  });

  it('offers no sixth link', async () => {
    renderDialog(['1', '2', '3', '4', '5'].map(share));
    await screen.findByText(/at most 5 links/);
    expect(screen.getByRole('button', { name: 'Create link' })).toHaveProperty('disabled', true);
  });
});
