import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { pageQuery } from '#web/query/page-query.ts';

const PAGE_SIZE = 60;

/**
 * The user's own presets, newest first, then the public ones.
 *
 * @param q search text for name and category; empty for all
 * @param category empty for all
 */
export function usePresetGallery(q: string, category: string) {
  const http = useHttp();
  const filters = { q: q || undefined, category: category || undefined };
  return useInfiniteQuery({
    queryKey: keys.presetGallery(q, category),
    queryFn: ({ pageParam, signal }) =>
      http.get('/presets', { query: { ...pageQuery(PAGE_SIZE, pageParam), ...filters }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
    placeholderData: keepPreviousData, // the list stays while the user types
  });
}
