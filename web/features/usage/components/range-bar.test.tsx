import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { readRange } from '../range.ts';
import { RangeBar } from './range-bar.tsx';

afterEach(cleanup);

it('disables buckets that would be too many, so that nothing moves', () => {
  const range = readRange(new URLSearchParams('days=365'), Date.parse('2026-11-23T09:30:00.000Z'));
  renderInStudio(<RangeBar range={range} mayChooseAccount={false} onChange={() => {}} />);
  const buckets = within(screen.getByRole('radiogroup', { name: 'Bucket size' })).getAllByRole<HTMLInputElement>(
    'radio',
  );
  expect(buckets.map(({ value, disabled }) => [value, disabled])).toEqual([
    ['hour', true],
    ['day', false],
    ['week', false],
  ]);
});

it('leaves what a URL without parameters means out of the URL', async () => {
  const onChange = vi.fn<Parameters<typeof RangeBar>[0]['onChange']>();
  const range = readRange(new URLSearchParams('days=7&bucket=week'), Date.parse('2026-11-23T09:30:00.000Z'));
  const { user } = renderInStudio(<RangeBar range={range} mayChooseAccount={false} onChange={onChange} />);
  await user.click(screen.getByRole('radio', { name: '30 d' }));
  expect(onChange).toHaveBeenLastCalledWith({ days: undefined, from: undefined, to: undefined });
  await user.click(screen.getByRole('radio', { name: '90 d' }));
  expect(onChange).toHaveBeenLastCalledWith({ days: '90', from: undefined, to: undefined });
  await user.click(screen.getByRole('radio', { name: 'Hour' }));
  expect(onChange).toHaveBeenLastCalledWith({ bucket: 'hour' });
  await user.click(screen.getByRole('radio', { name: 'Day' }));
  expect(onChange).toHaveBeenLastCalledWith({ bucket: undefined });
});
