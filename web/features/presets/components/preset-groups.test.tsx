import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
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

describe('PresetGroups', () => {
  it('shows the user’s own presets first and groups public ones by category', () => {
    renderInStudio(<PresetGroups presets={[PRESET, own]} search="" onDelete={onDelete} />);
    expect(screen.getAllByRole('region').map((group) => group.getAttribute('aria-label'))).toEqual([
      'Yours',
      'Professional',
    ]);
    expect(within(screen.getByRole('region', { name: 'Yours' })).getByText('Tavern bard')).toBeTruthy();
  });

  it('links a preset to the choice of a project and keeps the filters', () => {
    renderInStudio(<PresetGroups presets={[PRESET]} search="?q=exec" onDelete={onDelete} />);
    const link = screen.getByRole('link', { name: 'Use preset: Executive' });
    expect(link.getAttribute('href')).toBe(`/presets/${PRESET.id}/use?q=exec`);
  });

  it('offers to edit and delete only own presets', async () => {
    const { user } = renderInStudio(<PresetGroups presets={[PRESET, own]} search="" onDelete={onDelete} />);
    expect(screen.queryByRole('button', { name: 'More for Executive' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'More for Tavern bard' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    expect(onDelete).toHaveBeenCalledExactlyOnceWith(own);
  });
});
