import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Preset } from '#contract/preset.ts';
import { PRESET } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { PresetGroups } from './preset-groups.tsx';

afterEach(cleanup);

const own: Preset = {
  ...PRESET,
  id: '44444444-4444-4444-8444-444444444445',
  own: true,
  name: 'Tavern bard',
  category: 'Fantasy',
};
const onDelete = vi.fn<(preset: Preset) => void>();

it('puts mine first and the public ones on the shelf of their category', () => {
  renderInStudio(<PresetGroups presets={[PRESET, own]} search="" onDelete={onDelete} />);
  expect(screen.getAllByRole('region').map((shelf) => shelf.getAttribute('aria-label'))).toEqual([
    'Yours',
    'Professional',
  ]);
  expect(within(screen.getByRole('region', { name: 'Yours' })).getByText('Tavern bard')).toBeTruthy();
});

it('leads from a preset to the choice of a project, and keeps the filters for the way back', () => {
  renderInStudio(<PresetGroups presets={[PRESET]} search="?q=exec" onDelete={onDelete} />);
  const link = screen.getByRole('link', { name: 'Use preset: Executive' });
  expect(link.getAttribute('href')).toBe(`/presets/${PRESET.id}/use?q=exec`);
});

it('offers to change only what is mine', async () => {
  const { user } = renderInStudio(<PresetGroups presets={[PRESET, own]} search="" onDelete={onDelete} />);
  expect(screen.queryByRole('button', { name: 'More for Executive' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'More for Tavern bard' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  expect(onDelete).toHaveBeenCalledExactlyOnceWith(own);
});
