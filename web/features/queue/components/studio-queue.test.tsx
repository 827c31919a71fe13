import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { Queue } from '../api/use-queue.ts';
import { StudioQueue } from './studio-queue.tsx';

afterEach(cleanup);

const QUEUE: Queue = {
  waiting: [
    { priority: 2, count: 2 },
    { priority: 3, count: 0 },
    { priority: 4, count: 12 },
  ],
  running: 4,
  drainPerMinute: 18.5,
  estimates: [
    { tier: 'free', waitSeconds: 40 },
    { tier: 'pro', waitSeconds: 0 },
    { tier: 'plus', waitSeconds: null },
  ],
};
const figures = () =>
  [...screen.getByLabelText('Studio queue', { selector: 'dl' }).querySelectorAll('dd > span:first-child')].map(
    ({ textContent }) => textContent,
  );

describe('StudioQueue', () => {
  it('shows the queue’s length by priority, its pace, and the estimated wait of the user', () => {
    renderInStudio(<StudioQueue queue={QUEUE} tier="free" />);
    expect(figures()).toEqual(['14', '4', '18.5', 'about 40\u00A0s']);
    expect(screen.getByText('2 at priority 2, 12 at priority 4')).toBeTruthy();
  });

  it('shows no estimate where there is none', () => {
    const { rerender } = renderInStudio(<StudioQueue queue={QUEUE} tier="plus" />);
    expect(figures().at(-1)).toBe('–');
    rerender(<StudioQueue queue={QUEUE} tier="pro" />);
    expect(figures().at(-1)).toBe('a moment');
    rerender(<StudioQueue queue={{ ...QUEUE, running: 0 }} tier="pro" />);
    expect(figures().at(-1)).toBe('none');
  });

  it('takes the same space while loading', () => {
    renderInStudio(<StudioQueue queue={undefined} tier={undefined} />);
    expect(figures()).toEqual(['–', '–', '–', '–']);
  });
});
