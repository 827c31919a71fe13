import { useQuery } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

/** Builds take minutes. */
const REFRESH_MS = 2_000;

/** What the launcher still prepares; read once where everything is ready, else until it is. */
export function useStartup() {
  const http = useHttp();
  return useQuery({
    queryKey: keys.startup,
    queryFn: ({ signal }) => http.get('/startup', { signal }),
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data?.canGenerate === false ? REFRESH_MS : false),
  });
}
