import { Grid2x2, Grid3x3 } from 'lucide-react';
import { AGE_RANGES, GENDERS } from '#domain/persona/attributes.ts';
import { RATING_MAX } from '#domain/avatar/rating.ts';
import { SOURCE_TYPES } from '#domain/generation/generation.ts';
import { capitalized } from '#domain/prompt/prompt-text.ts';
import { STYLE_RULES, STYLES } from '#domain/prompt/style.ts';
import { Button } from '#web/components/button.tsx';
import { Picker } from '#web/components/picker.tsx';
import { SearchBox } from '#web/components/search-box.tsx';
import { useDensity } from '#web/hooks/use-density.ts';
import { counted } from '#web/format/count.ts';
import { sourceLabel } from '../avatar-labels.ts';
import type { GalleryFilters } from '../gallery-filters.ts';

interface GalleryFilterBarProps {
  readonly filters: GalleryFilters;
  readonly onChange: (change: Partial<GalleryFilters>) => void;
}

/** A picker's values are never empty, so "any" needs a value of its own. */
const ANY = 'any';
const NEWEST = 'createdAt';

const PICKERS = [
  {
    name: 'style',
    label: 'Style',
    any: 'Any style',
    choices: STYLES.map((value) => ({ value, label: STYLE_RULES[value].label })),
  },
  {
    name: 'sourceType',
    label: 'Source',
    any: 'Any source',
    choices: SOURCE_TYPES.map((value) => ({ value, label: `From ${sourceLabel(value)}` })),
  },
  {
    name: 'gender',
    label: 'Gender',
    any: 'Any gender',
    choices: GENDERS.map((value) => ({ value, label: capitalized(value) })),
  },
  { name: 'ageRange', label: 'Age', any: 'Any age', choices: AGE_RANGES.map((value) => ({ value, label: value })) },
] as const;

const FAVORITES = 'favorites';
/** Favorites and ratings are one choice: a row of pickers has little room. */
const MARKS = [
  { value: ANY, label: 'Any rating' },
  { value: FAVORITES, label: 'Favorites' },
  ...Array.from({ length: RATING_MAX }, (_, index) => RATING_MAX - index).map((stars) => ({
    value: String(stars),
    label: stars === RATING_MAX ? counted(stars, 'star') : `${counted(stars, 'star')} or more`,
  })),
];

const SORTS = [
  { value: NEWEST, label: 'Newest' },
  { value: 'name', label: 'Name' },
  { value: 'usageCount', label: 'Most used' },
  { value: 'lastUsedAt', label: 'Last used' },
];

/** Filters, sorting and search. Where they don't fit, the filters are one row that scrolls sideways; the sort order stays in view. */
export function GalleryFilterBar({ filters, onChange }: GalleryFilterBarProps) {
  const { density, choose } = useDensity();
  const Icon = density === 'compact' ? Grid3x3 : Grid2x2;
  return (
    <div role="group" aria-label="Filter and sort" className="flex min-w-0 items-center gap-1 max-sm:flex-wrap">
      <div className="-my-1 flex min-w-0 items-center gap-1 overflow-x-auto py-1 max-sm:order-2 max-sm:-mx-2 max-sm:w-full sm:-mx-1 sm:px-1 [scrollbar-width:none]">
        {PICKERS.map(({ name, label, any, choices }) => (
          <Picker<string>
            key={name}
            label={label}
            choices={[{ value: ANY, label: any }, ...choices]}
            value={filters[name] || ANY}
            onChange={(value) => onChange({ [name]: value === ANY ? '' : value })}
          />
        ))}
        <Picker<string>
          label="Rating"
          choices={MARKS}
          value={filters.favorite ? FAVORITES : filters.minRating || ANY}
          onChange={(value) =>
            onChange({
              favorite: value === FAVORITES ? 'true' : '',
              minRating: value === FAVORITES || value === ANY ? '' : value,
            })
          }
        />
      </div>
      <Button
        tone="bare"
        icon
        aria-label="Compact grid"
        aria-pressed={density === 'compact'}
        title="Compact grid"
        onClick={() => choose(density === 'compact' ? 'comfortable' : 'compact')}
        {...(density === 'compact' && { className: 'text-ink' })}
      >
        <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
      </Button>
      <Picker<string>
        label="Sort"
        choices={SORTS}
        value={filters.sort || NEWEST}
        onChange={(value) => onChange({ sort: value === NEWEST ? '' : value })}
      />
      <div className="max-sm:min-w-0 max-sm:flex-1 sm:ml-2 sm:shrink-0">
        <SearchBox label="Search avatars" value={filters.q} onChange={(q) => onChange({ q })} />
      </div>
    </div>
  );
}
