import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { Generation } from '#contract/generation.ts';
import { aGeneration } from '#contract/testing/samples.ts';
import { InProgressStrip } from './in-progress-strip.tsx';

afterEach(cleanup);

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => aGeneration({ id: `id-${index}`, name: `Number ${index}` }));
const show = (count: number) =>
  renderInStudio(
    <InProgressStrip
      mayRaise={false}
      inProgress={{ cards: many(count), activeCount: count, creditsHeld: count * 10, nextChangeAtMs: undefined }}
    />,
  );

describe('the developing strip', () => {
  it('is not there when nothing develops', () => {
    show(0);
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('says how many are under way and what they hold', () => {
    show(2);
    expect(screen.getByRole('region', { name: 'Developing' }).textContent).toContain(
      '2 under way · 20\u00A0credits held',
    );
  });

  it('shows some of many, and all on demand', async () => {
    const { user } = show(20);
    expect(screen.getAllByRole('article')).toHaveLength(6);
    await user.click(screen.getByRole('button', { name: 'Show 14 more' }));
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(20));
  });

  it('brings a card into sight when it is painted, and keeps the places of the others for as long as they move', async () => {
    const { rerender } = show(20);
    const names = () => screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    const strip = (cards: Generation[]) => (
      <InProgressStrip
        mayRaise={false}
        inProgress={{ cards, activeCount: 20, creditsHeld: 200, nextChangeAtMs: undefined }}
      />
    );
    const generated = (...indexes: number[]) =>
      many(20).map((one, index) => (indexes.includes(index) ? { ...one, status: 'processing' as const } : one));
    rerender(strip(generated(19)));
    expect(names()).toEqual([0, 1, 2, 3, 4, 5].map((index) => `Number ${index}`));
    await waitFor(() => expect(names()).toEqual([0, 1, 2, 3, 4, 19].map((index) => `Number ${index}`)));
    rerender(strip(generated(19, 18)));
    expect(names()).toEqual([0, 1, 2, 3, 4, 19].map((index) => `Number ${index}`));
    await waitFor(() => expect(names()).toEqual([0, 1, 2, 3, 18, 19].map((index) => `Number ${index}`)));
  });
});
