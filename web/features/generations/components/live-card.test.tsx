import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveGenerations } from '#web/live/live-generations.ts';
import { keys } from '#web/query/keys.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { aFailedGeneration, aGeneration } from '#contract/testing/samples.ts';
import { LiveCard } from './live-card.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const show = (generation: ReturnType<typeof aGeneration>, answer: Answer) =>
  renderInStudio(<LiveCard generation={generation} mayRaise={false} />, { answer });
const known = (view: ReturnType<typeof show>) => view.queries.getQueryData<LiveGenerations>(keys.live)?.byId ?? {};

it('LiveCard links admins to the diagnosis unless the generation has completed', () => {
  for (const generation of [aGeneration(), aFailedGeneration()]) {
    renderInStudio(<LiveCard generation={generation} mayRaise />);
    const link = screen.getByRole('link', { name: `Diagnose ${generation.name}` });
    expect(link.getAttribute('href')).toBe(`/admin/generations/${generation.id}`);
    cleanup();
    renderInStudio(<LiveCard generation={generation} mayRaise={false} />);
    expect(screen.queryByRole('link', { name: /^Diagnose/u })).toBeNull();
    cleanup();
  }
});

describe('LiveCard', () => {
  it('cancels with one click and writes the response to the cache', async () => {
    const generation = aGeneration();
    const cancelled = { ...generation, status: 'cancelled' as const, version: 2, creditsReturned: 10 };
    const view = show(generation, () => ({ status: 202, body: cancelled }));
    await view.user.click(screen.getByRole('button', { name: /Cancel/u }));
    await waitFor(() => expect(known(view)[generation.id]?.status).toBe('cancelled'));
    expect(view.sent).toMatchObject([{ method: 'POST', path: `/generations/${generation.id}/cancel` }]);
  });

  it('lowers the priority by one level', async () => {
    const generation = aGeneration({ priority: 4 });
    const view = show(generation, () => ({ status: 202, body: { ...generation, priority: 5, version: 2 } }));
    await view.user.click(screen.getByRole('button', { name: /Lower/u }));
    await waitFor(() => expect(view.sent).toHaveLength(1));
    expect(view.sent[0]).toMatchObject({ path: `/generations/${generation.id}/priority`, body: { priority: 5 } });
  });

  it('retries with one idempotency key until there is a response, then dismisses the old card', async () => {
    const failed = aFailedGeneration({ id: 'f1111111-1111-4111-8111-111111111111' });
    let calls = 0;
    const view = show(failed, () => {
      calls += 1;
      if (calls === 1) throw new TypeError('network');
      return { status: 202, body: aGeneration({ id: 'a-new-one' }) };
    });
    await view.user.click(screen.getByRole('button', { name: /Retry/u }));
    await waitFor(() => expect(known(view)['a-new-one']).toBeTruthy());
    const sentKeys = view.sent.map(({ idempotencyKey }) => idempotencyKey);
    expect(sentKeys).toHaveLength(2);
    expect(new Set(sentKeys).size).toBe(1);
    expect(localStorage.getItem('dismissed')).toContain(failed.id);
  });
});
