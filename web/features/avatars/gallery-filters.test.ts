import { describe, expect, it } from 'vitest';
import { filterSearch, galleryQuery, isFiltered, NO_FILTERS, readFilters, withFilters } from './gallery-filters.ts';

describe('gallery filters', () => {
  it('are read from the URL and translated to the API’s query', () => {
    const filters = readFilters(new URLSearchParams('q=old+mage&style=anime&source=upload&age=60%2B&sort=name'));
    expect(filters).toEqual({
      ...NO_FILTERS,
      q: 'old mage',
      style: 'anime',
      sourceType: 'upload',
      ageRange: '60+',
      sort: 'name',
    });
    expect(galleryQuery(filters)).toEqual({
      q: 'old mage',
      style: 'anime',
      sourceType: 'upload',
      ageRange: '60+',
      sort: 'name',
    });
  });

  it('ignore unknown values, so that an old URL still opens', () => {
    expect(readFilters(new URLSearchParams('style=cubism&sort=mood&gender=woman'))).toEqual({
      ...NO_FILTERS,
      gender: 'woman',
    });
  });

  it('change one at a time and keep other URL parameters', () => {
    const params = withFilters(new URLSearchParams('edit=1&style=anime'), { style: '', gender: 'man' });
    expect(params.toString()).toBe('edit=1&gender=man');
    expect(withFilters(params, { gender: '', q: '  ' }).toString()).toBe('edit=1');
  });

  it('go along to another address, without the parameters of this one', () => {
    const params = new URLSearchParams('edit=1&style=anime&sort=name');
    expect(filterSearch(params, { mode: 'style' })).toBe('?mode=style&style=anime&sort=name');
    expect(filterSearch(new URLSearchParams('edit=1&style=cubism'))).toBe('');
  });

  it('count as filtering unless they only sort or are blank', () => {
    expect(isFiltered({ ...NO_FILTERS, sort: 'name', q: '  ' })).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, style: 'noir' })).toBe(true);
    expect(galleryQuery(NO_FILTERS)).toEqual({});
  });
});
