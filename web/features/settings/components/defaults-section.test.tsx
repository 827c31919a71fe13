import { cleanup, screen, waitFor } from '@testing-library/react';
import { Toaster } from 'sonner';
import { describe, afterEach, expect, it } from 'vitest';
import type { GenerationDefaults } from '#contract/profile.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import { DefaultsSection } from './defaults-section.tsx';

afterEach(cleanup);

function CurrentDefaults() {
  return <DefaultsSection profile={useProfile()} />;
}

function show(before: GenerationDefaults, refuse = false) {
  let defaults = before;
  const answer = ({ method, body }: Sent) => {
    if (method === 'GET') return { body: { defaults, providers: PROVIDERS } };
    if (refuse) return { status: 403, body: { code: 'forbidden', title: 'Not allowed' } };
    ({ defaults } = body as { defaults: GenerationDefaults });
    return { body: { defaults, providers: PROVIDERS } };
  };
  const view = renderInStudio(
    <>
      <CurrentDefaults />
      <Toaster />
    </>,
    { answer },
  );
  const saved = () => view.sent.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
  return { ...view, saved };
}

describe('the generation defaults', () => {
  it('save each choice immediately, together with all others', async () => {
    const { user, saved } = show({ style: 'noir' });
    await user.click(await screen.findByRole('radio', { name: 'High' }));
    await user.click(screen.getByRole('radio', { name: 'Cost' }));
    await user.click(screen.getByRole('button', { name: 'One more' }));
    await waitFor(() => expect(saved()).toHaveLength(3));
    expect(saved()[2]).toEqual({ defaults: { style: 'noir', quality: 'high', optimizeFor: 'cost', count: 2 } });
    expect(screen.getByRole('combobox', { name: 'Style' }).textContent).toContain('Noir');
  });

  it('fall back to the studio’s defaults and can be reset to them', async () => {
    const { user, saved } = show({ count: 4 });
    expect((await screen.findByRole('status', { name: 'Images' })).textContent).toBe('4');
    await user.click(screen.getByRole('button', { name: 'Reset to defaults' }));
    await waitFor(() => expect(saved()).toEqual([{ defaults: {} }]));
    expect(screen.getByRole('status', { name: 'Images' }).textContent).toBe('1');
    expect(screen.queryByRole('button', { name: 'Reset to defaults' })).toBeNull();
  });

  it('are rolled back with an error when saving fails', async () => {
    const { user } = show({ quality: 'draft' }, true);
    await user.click(await screen.findByRole('radio', { name: 'High' }));
    expect(await screen.findByText('Not allowed')).toBeTruthy();
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Draft' }).checked).toBe(true));
  });
});
