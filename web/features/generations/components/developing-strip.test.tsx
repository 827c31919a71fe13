import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderInStudio } from '../../../testing/render-in-studio.tsx';
import { aGeneration } from '../../../../contract/testing/samples.ts';
import { DevelopingStrip } from './developing-strip.tsx';

afterEach(cleanup);

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => aGeneration({ id: `id-${index}`, name: `Number ${index}` }));
const show = (count: number) =>
  renderInStudio(
    <DevelopingStrip
      mayRaise={false}
      developing={{ cards: many(count), underWay: count, creditsHeld: count * 10, nextChangeAtMs: undefined }}
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
    expect(screen.getAllByRole('article')).toHaveLength(20);
  });
});
