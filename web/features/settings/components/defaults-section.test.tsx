import { cleanup, screen, waitFor } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, expect, it } from 'vitest';
import type { GenerationDefaults } from '#contract/profile.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import { DefaultsSection } from './defaults-section.tsx';

afterEach(cleanup);

function Mine() {
  return <DefaultsSection profile={useProfile()} />;
}

function show(before: GenerationDefaults, refuse = false) {
  let defaults = before;
  const answer = ({ method, body }: Sent) => {
    if (method === 'GET') return { body: { defaults } };
    if (refuse) return { status: 403, body: { code: 'forbidden', title: 'Not yours' } };
    ({ defaults } = body as { defaults: GenerationDefaults });
    return { body: { defaults } };
  };
  const view = renderInStudio(
    <>
      <Mine />
      <Toaster />
    </>,
    { answer },
  );
  const kept = () => view.sent.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
  return { ...view, kept };
}

it('keeps each choice as it is made, with all the others', async () => {
  const { user, kept } = show({ style: 'noir' });
  await user.click(await screen.findByRole('radio', { name: 'High' }));
  await user.click(screen.getByRole('radio', { name: 'Cheapest' }));
  await user.click(screen.getByRole('button', { name: 'One more' }));
  await waitFor(() => expect(kept()).toHaveLength(3));
  expect(kept()[2]).toEqual({ defaults: { style: 'noir', quality: 'high', optimizeFor: 'cost', count: 2 } });
  expect(screen.getByRole('combobox', { name: 'Style' }).textContent).toContain('Noir');
});

it('begins as everybody does when nothing is kept, and goes back to that', async () => {
  const { user, kept } = show({ count: 4 });
  expect((await screen.findByRole('status', { name: 'Images' })).textContent).toBe('4');
  await user.click(screen.getByRole('button', { name: 'Begin as everybody does' }));
  await waitFor(() => expect(kept()).toEqual([{ defaults: {} }]));
  expect(screen.getByRole('status', { name: 'Images' }).textContent).toBe('1');
  expect(screen.queryByRole('button', { name: 'Begin as everybody does' })).toBeNull();
});

it('is as it was when it is refused, and says so', async () => {
  const { user } = show({ quality: 'draft' }, true);
  await user.click(await screen.findByRole('radio', { name: 'High' }));
  expect(await screen.findByText('Not yours')).toBeTruthy();
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Draft' }).checked).toBe(true));
});
