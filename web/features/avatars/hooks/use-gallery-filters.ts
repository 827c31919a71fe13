import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type GalleryFilters, readFilters, withFilters } from '../gallery-filters.ts';

/** The filters in the page's address, and the way to change them. Going back leaves the page, not one letter of a search. */
export function useGalleryFilters() {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(params), [params]);
  const change = (changed: Partial<GalleryFilters>) =>
    setParams((before) => withFilters(before, changed), { replace: true, preventScrollReset: true });
  return { filters, change };
}
