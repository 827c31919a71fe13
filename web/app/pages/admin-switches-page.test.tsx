import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Switches } from '#contract/switches.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { AdminSwitchesPage } from './admin-switches-page.tsx';

afterEach(cleanup);

const HEALTHY = {
  circuit: {
    state: 'closed' as const,
    until: null,
    openModels: [] as string[],
    lastFailure: null,
    checkedAt: null,
    checkFailure: null,
  },
  spentTodayUsd: 0,
} satisfies Partial<Switches['providers'][number]>;

function studio() {
  let switches: Switches = {
    newGenerations: { paused: false, changedAt: null },
    providers: [
      { name: 'replicate', enabled: true, configured: true, changedAt: null, ...HEALTHY },
      { name: 'fal', enabled: true, configured: false, changedAt: null, ...HEALTHY },
    ],
  };
  return ({ method, path, body }: Sent) => {
    if (path === '/admin/new-generations')
      switches = { ...switches, newGenerations: { ...(body as { paused: boolean }), changedAt: null } };
    if (path.startsWith('/admin/providers/')) {
      const { enabled } = body as { enabled: boolean };
      const name = path.split('/').at(-1);
      switches = {
        ...switches,
        providers: switches.providers.map((provider) => (provider.name === name ? { ...provider, enabled } : provider)),
      };
    }
    if (path === '/admin/generations/cancel')
      return { status: 200, body: { count: 3, ids: [], notReached: ['x'], more: true } };
    return method === 'POST' && path === '/admin/reconcile' ? { body: { triggered: true } } : { body: switches };
  };
}

describe('AdminSwitchesPage', () => {
  it('pauses new generations only after confirmation, explains the effect, and resumes at once', async () => {
    const { user, sent } = renderInStudio(<AdminSwitchesPage />, { answer: studio() });
    await user.click(await screen.findByRole('switch', { name: 'Accept new generations' }));
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(sent.some(({ method }) => method === 'POST')).toBe(false);
    await user.click(await screen.findByRole('switch', { name: 'Accept new generations' }));
    await user.click(await screen.findByRole('button', { name: 'Pause new generations' }));
    expect(await screen.findByText(/New generations are paused/u)).toBeTruthy();
    expect(sent.at(-1)).toMatchObject({ path: '/admin/new-generations', body: { paused: true } });
    await user.click(await screen.findByRole('switch', { name: 'Accept new generations' }));
    await waitFor(() => expect(sent.at(-1)).toMatchObject({ body: { paused: false } }));
  });

  it('disables one provider and leaves the others unchanged', async () => {
    const { user, sent } = renderInStudio(<AdminSwitchesPage />, { answer: studio() });
    const replicate = await screen.findByRole('switch', { name: 'Replicate' });
    await user.click(replicate);
    await waitFor(() => expect(replicate.getAttribute('aria-checked')).toBe('false'));
    expect(sent.at(-1)).toMatchObject({ path: '/admin/providers/replicate', body: { enabled: false } });
    expect(screen.getByText('No API key is configured, so it is not used.')).toBeTruthy();
  });

  it('cancels many generations only after confirmation, and reports what remains', async () => {
    const { user, sent } = renderInStudio(<AdminSwitchesPage />, { answer: studio() });
    await user.click(await screen.findByRole('button', { name: 'Cancel matching generations' }));
    expect(sent.some(({ method }) => method === 'POST')).toBe(false);
    await user.click(await screen.findByRole('button', { name: 'Cancel generations' }));
    expect(await screen.findByText(/Cancelling 3 generations\. 1 generation could not be reached/u)).toBeTruthy();
    expect(sent.at(-1)).toMatchObject({ path: '/admin/generations/cancel', body: { olderThanSeconds: 600 } });
  });
});
