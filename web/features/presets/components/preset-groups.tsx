import type { Preset } from '#contract/preset.ts';
import { formatCount } from '#web/format/count.ts';
import { PresetCard } from './preset-card.tsx';

const GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(300px,100%),1fr))] gap-x-8 gap-y-6 pt-4';

interface PresetGroupsProps {
  readonly presets: readonly Preset[];
  readonly search: string;
  readonly onDelete: (preset: Preset) => void;
}

export function PresetGroups({ presets, search, onDelete }: PresetGroupsProps) {
  return groupPresets(presets).map((group) => (
    <section key={group.title} aria-label={group.title} className="mb-10">
      <h2 className="flex items-baseline gap-2 border-b border-line pb-3 text-14">
        <bdi className="truncate">{group.title}</bdi>
        <span className="num text-12 font-regular text-ink-3">{formatCount(group.presets.length)}</span>
      </h2>
      <ul className={GRID}>
        {group.presets.map((preset) => (
          <li key={preset.id} className="min-w-0">
            <PresetCard preset={preset} search={search} onDelete={() => onDelete(preset)} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function PresetGroupsSkeleton() {
  return (
    <div role="status" aria-label="Loading the presets">
      <div className="h-[31px] border-b border-line" />
      <div className={GRID}>
        {PLACEHOLDERS.map((key) => (
          <span key={key} aria-hidden="true" className="grid grid-cols-[104px_minmax(0,1fr)] gap-4">
            <span className="aspect-square rounded-image bg-sunken" />
            <span className="grid content-start gap-2">
              <span className="h-4 w-2/5 rounded-option bg-sunken" />
              <span className="h-8 w-4/5 rounded-option bg-sunken" />
            </span>
          </span>
        ))}
      </div>
    </div>
  );
}

interface PresetGroup {
  readonly title: string;
  readonly presets: readonly Preset[];
}

/** Groups presets: the user's own first, then the public ones by category. Order within a group is unchanged. */
function groupPresets(presets: readonly Preset[]): readonly PresetGroup[] {
  const own = presets.filter((preset) => preset.own);
  const byCategory = Map.groupBy(
    presets.filter((preset) => !preset.own),
    ({ category }) => category,
  );
  const publicGroups = [...byCategory].map(([title, list]) => ({ title, presets: list }));
  return own.length > 0 ? [{ title: 'Yours', presets: own }, ...publicGroups] : publicGroups;
}
