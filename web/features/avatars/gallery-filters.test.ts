import { describe, expect, it } from 'vitest';
import { galleryQuery, isFiltered, NO_FILTERS, readFilters, withFilters } from './gallery-filters.ts';

describe('the filters of a gallery', () => {
  it('are read from the address, and said to the API in its own words', () => {
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

  it('leave out what nobody knows, so that an old address still opens', () => {
    expect(readFilters(new URLSearchParams('style=cubism&sort=mood&gender=woman'))).toEqual({
      ...NO_FILTERS,
      gender: 'woman',
    });
  });

  it('are changed one by one, and leave the rest of the address alone', () => {
    const params = withFilters(new URLSearchParams('edit=1&style=anime'), { style: '', gender: 'man' });
    expect(params.toString()).toBe('edit=1&gender=man');
  });

  it('narrow the gallery, unless they only sort it or are blanks', () => {
    expect(isFiltered({ ...NO_FILTERS, sort: 'name', q: '  ' })).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, style: 'noir' })).toBe(true);
    expect(galleryQuery(NO_FILTERS)).toEqual({});
  });
});
