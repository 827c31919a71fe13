import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Generation } from '#contract/generation.ts';
import { useHttp } from '#web/http/http-context.ts';
import type { LiveGenerations } from '#web/live/live-generations.ts';
import { keys } from '#web/query/keys.ts';

/** A generation whose request fills the dialog: from the event stream or, if it ended before that began, from the API. */
export function useGenerationToStartFrom(id: string | undefined) {
  const http = useHttp();
  const client = useQueryClient();
  const live = client.getQueryData<LiveGenerations>(keys.live)?.byId[id ?? ''];
  const { data, isLoading, error, refetch } = useQuery<Generation>({
    queryKey: keys.generation(id ?? ''),
    queryFn: ({ signal }) => http.get('/generations/{id}', { path: { id: id ?? '' }, signal }),
    enabled: id !== undefined && live === undefined,
  });
  return { generation: live ?? data, isPending: isLoading, error, refetch };
}
