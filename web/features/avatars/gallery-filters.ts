import { AGE_RANGES, GENDERS } from '#domain/persona/attributes.ts';
import { AVATAR_SORTS } from '#domain/avatar/avatar-sort.ts';
import { RATING_MAX, RATING_MIN } from '#domain/avatar/rating.ts';
import { SOURCE_TYPES } from '#domain/generation/generation.ts';
import { STYLES } from '#domain/prompt/style.ts';
import type { QueryOf } from '#web/http/api-types.ts';

const RATINGS: readonly string[] = Array.from({ length: RATING_MAX }, (_, index) => String(RATING_MIN + index));

/** Each filter: its URL parameter and its allowed values; undefined allows any text. */
const FILTERS = {
  q: { param: 'q', values: undefined },
  style: { param: 'style', values: STYLES as readonly string[] },
  sourceType: { param: 'source', values: SOURCE_TYPES as readonly string[] },
  gender: { param: 'gender', values: GENDERS as readonly string[] },
  ageRange: { param: 'age', values: AGE_RANGES as readonly string[] },
  favorite: { param: 'favorite', values: ['true'] as readonly string[] },
  minRating: { param: 'rating', values: RATINGS },
  sort: { param: 'sort', values: AVATAR_SORTS as readonly string[] },
} as const;
const TEXT_MAX_LENGTH = 100;

type FilterName = keyof typeof FILTERS;

type GalleryQuery = QueryOf<'/projects/{id}/avatars', 'get'>;

/** What a gallery shows and how it is sorted. An empty string means any; an empty sort means newest first. */
export type GalleryFilters = Readonly<Record<FilterName, string>>;

export const NO_FILTERS: GalleryFilters = {
  q: '',
  style: '',
  sourceType: '',
  gender: '',
  ageRange: '',
  favorite: '',
  minRating: '',
  sort: '',
};

const NAMES = Object.keys(FILTERS) as FilterName[];

/** Reads the filters from URL parameters. Unknown values count as any. */
export function readFilters(params: URLSearchParams): GalleryFilters {
  return Object.fromEntries(NAMES.map((name) => [name, known(name, params)])) as Record<FilterName, string>;
}

function known(name: FilterName, params: URLSearchParams): string {
  const { param, values } = FILTERS[name];
  const value = (params.get(param) ?? '').slice(0, TEXT_MAX_LENGTH);
  return values && !values.includes(value) ? '' : value;
}

/** @returns the URL parameters with the change applied; other parameters stay */
export function withFilters(params: URLSearchParams, change: Partial<GalleryFilters>): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of NAMES) {
    const value = change[name];
    if (value === undefined) continue;
    if (value.trim() === '') next.delete(FILTERS[name].param);
    else next.set(FILTERS[name].param, value);
  }
  return next;
}

/** The filters of a URL as the query string of another; empty for none. @param more parameters of its own */
export function filterSearch(params: URLSearchParams, more: Readonly<Record<string, string>> = {}): string {
  const search = withFilters(new URLSearchParams(more), readFilters(params)).toString();
  return search && `?${search}`;
}

/** The filters as the API's query; empty for all avatars, newest first. */
export function galleryQuery(filters: GalleryFilters): GalleryQuery {
  const set = NAMES.map((name) => [name, filters[name].trim()]).filter(([, value]) => value !== '');
  // readFilters has dropped values that the API does not know.
  return Object.fromEntries(set) as GalleryQuery;
}

/** Whether the filters may exclude avatars; sorting alone does not. */
export function isFiltered(filters: GalleryFilters): boolean {
  return NAMES.some((name) => name !== 'sort' && filters[name].trim() !== '');
}
