import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

/** @param hours how far back */
export function useStats(hours: number) {
  const http = useHttp();
  return useQuery({
    queryKey: keys.admin('stats', String(hours)),
    queryFn: ({ signal }) => http.get('/stats', { query: { hours }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
