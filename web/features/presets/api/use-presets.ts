import { useQuery } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

/** Presets change rarely; the API caches them for the same time. */
const STALE_MS = 10 * 60_000;
const LIMIT = 100;

export function usePresets(enabled: boolean) {
  const http = useHttp();
  return useQuery({
    queryKey: keys.presets,
    queryFn: ({ signal }) => http.get('/presets', { query: { limit: LIMIT }, signal }),
    select: (list) => list.data,
    staleTime: STALE_MS,
    enabled,
  });
}
