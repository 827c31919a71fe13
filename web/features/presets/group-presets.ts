import type { Preset } from '#contract/preset.ts';

export interface PresetGroup {
  readonly title: string;
  readonly presets: readonly Preset[];
}

/** Mine first, then the public ones by category, each in the order in which they came. */
export function groupPresets(presets: readonly Preset[]): readonly PresetGroup[] {
  const own = presets.filter((preset) => preset.own);
  const shelves = Map.groupBy(
    presets.filter((preset) => !preset.own),
    ({ category }) => category,
  );
  const open = [...shelves].map(([title, list]) => ({ title, presets: list }));
  return own.length > 0 ? [{ title: 'Yours', presets: own }, ...open] : open;
}
