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

describe('InProgressStrip', () => {
  it('renders nothing when there are no cards', () => {
    show(0);
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('shows the number of generations and the credits held', () => {
    show(2);
    expect(screen.getByRole('region', { name: 'In progress' }).textContent).toContain(
      '2\u00A0generations · 20\u00A0credits held',
    );
  });

  it('shows six of many cards, and all on request', async () => {
    const { user } = show(20);
    expect(screen.getAllByRole('article')).toHaveLength(6);
    await user.click(screen.getByRole('button', { name: 'Show 14 more' }));
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(20));
  });

  it('shows a card once it is processing, and keeps the order of the others while they move', async () => {
    const { rerender } = show(20);
    const names = () => screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    const strip = (cards: Generation[]) => (
      <InProgressStrip
        mayRaise={false}
        inProgress={{ cards, activeCount: 20, creditsHeld: 200, nextChangeAtMs: undefined }}
      />
    );
    const withProcessing = (...indexes: number[]) =>
      many(20).map((card, index) => (indexes.includes(index) ? { ...card, status: 'processing' as const } : card));
    rerender(strip(withProcessing(19)));
    expect(names()).toEqual([0, 1, 2, 3, 4, 5].map((index) => `Number ${index}`));
    await waitFor(() => expect(names()).toEqual([0, 1, 2, 3, 4, 19].map((index) => `Number ${index}`)));
    rerender(strip(withProcessing(19, 18)));
    expect(names()).toEqual([0, 1, 2, 3, 4, 19].map((index) => `Number ${index}`));
    await waitFor(() => expect(names()).toEqual([0, 1, 2, 3, 18, 19].map((index) => `Number ${index}`)));
  });
});
