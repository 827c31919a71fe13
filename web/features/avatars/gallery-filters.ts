import { AGE_RANGES, GENDERS } from '#domain/persona/attributes.ts';
import { AVATAR_SORTS } from '#domain/avatar/avatar-sort.ts';
import { SOURCE_TYPES } from '#domain/generation/generation.ts';
import { STYLES } from '#domain/prompt/style.ts';
import type { QueryOf } from '#web/http/api-types.ts';

/** Each filter: how the address calls it, and what it may say; undefined is any words. */
const FILTERS = {
  q: { param: 'q', values: undefined },
  style: { param: 'style', values: STYLES as readonly string[] },
  sourceType: { param: 'source', values: SOURCE_TYPES as readonly string[] },
  gender: { param: 'gender', values: GENDERS as readonly string[] },
  ageRange: { param: 'age', values: AGE_RANGES as readonly string[] },
  sort: { param: 'sort', values: AVATAR_SORTS as readonly string[] },
} as const;
const WORDS_MAX = 100;

type FilterName = keyof typeof FILTERS;

type GalleryQuery = QueryOf<'/projects/{id}/avatars', 'get'>;

/** What a gallery shows and in which order. An empty string is any; the empty sort is newest first. */
export type GalleryFilters = Readonly<Record<FilterName, string>>;

export const NO_FILTERS: GalleryFilters = { q: '', style: '', sourceType: '', gender: '', ageRange: '', sort: '' };

const NAMES = Object.keys(FILTERS) as FilterName[];

/** Reads them from an address. Values nobody knows count as any. */
export function readFilters(params: URLSearchParams): GalleryFilters {
  return Object.fromEntries(NAMES.map((name) => [name, known(name, params)])) as Record<FilterName, string>;
}

function known(name: FilterName, params: URLSearchParams): string {
  const { param, values } = FILTERS[name];
  const value = (params.get(param) ?? '').slice(0, WORDS_MAX);
  return values && !values.includes(value) ? '' : value;
}

/** @returns the address's query with the change in it; what is not a filter stays */
export function withFilters(params: URLSearchParams, change: Partial<GalleryFilters>): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of NAMES) {
    const value = change[name];
    if (value === undefined) continue;
    if (value === '') next.delete(FILTERS[name].param);
    else next.set(FILTERS[name].param, value);
  }
  return next;
}

/** What the API is asked with; nothing for all, newest first. */
export function galleryQuery(filters: GalleryFilters): GalleryQuery {
  const said = NAMES.map((name) => [name, filters[name].trim()]).filter(([, value]) => value !== '');
  // Other values than the API knows are dropped where they are read.
  return Object.fromEntries(said) as GalleryQuery;
}

/** Whether some avatars may be left out. */
export function isFiltered(filters: GalleryFilters): boolean {
  return NAMES.some((name) => name !== 'sort' && filters[name].trim() !== '');
}
