import type { Preset } from '#contract/preset.ts';

export interface PresetGroup {
  readonly title: string;
  readonly presets: readonly Preset[];
}

/** Groups presets: the user's own first, then the public ones by category. Order within a group is unchanged. */
export function groupPresets(presets: readonly Preset[]): readonly PresetGroup[] {
  const own = presets.filter((preset) => preset.own);
  const byCategory = Map.groupBy(
    presets.filter((preset) => !preset.own),
    ({ category }) => category,
  );
  const publicGroups = [...byCategory].map(([title, list]) => ({ title, presets: list }));
  return own.length > 0 ? [{ title: 'Yours', presets: own }, ...publicGroups] : publicGroups;
}
