import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LoadForecast, peakText } from './load-forecast.tsx';

afterEach(cleanup);

const at = (hour: number) => new Date(2026, 10, 23, hour).toISOString();
const HOURS = [
  { at: at(8), generations: 30 },
  { at: at(9), generations: 120 },
  { at: at(10), generations: 1 },
];

it('tells each hour and scales its bar to the busiest', () => {
  render(<LoadForecast hours={HOURS} />);
  const bars = within(screen.getByRole('list', { name: 'Generations expected by hour' })).getAllByRole('listitem');
  expect(bars.map((bar) => bar.textContent)).toEqual([
    '08:00: 30\u00A0generations',
    '09:00: 120\u00A0generations',
    '10:00: 1\u00A0generation',
  ]);
  expect(bars.map((bar) => bar.querySelector('i')?.style.height)).toEqual([
    '25%',
    '100%',
    expect.stringMatching(/^0\.8/u),
  ]);
  expect(peakText(HOURS)).toBe('up to 120\u00A0generations at 09:00');
});

it('says so when there is no history', () => {
  const quiet = HOURS.map((hour) => ({ ...hour, generations: 0 }));
  render(<LoadForecast hours={quiet} />);
  expect(screen.queryByRole('list')).toBeNull();
  expect(screen.getByText(/No generations in the last weeks/u)).toBeTruthy();
  expect(peakText(quiet)).toBeUndefined();
});
