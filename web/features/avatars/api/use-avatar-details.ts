import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { use } from '#contract/usage.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

export type Use = z.infer<typeof use>;

const SIMILAR_SHOWN = 8;
/** The API's largest page; older uses are on the usage page. */
const USES_READ = 100;

/** The generation of an avatar: its duration and price. */
export function useGenerationDetails(generationId = '') {
  const http = useHttp();
  return useQuery({
    queryKey: keys.generation(generationId),
    queryFn: ({ signal }) => http.get('/generations/{id}', { path: { id: generationId }, signal }),
    staleTime: Number.POSITIVE_INFINITY, // a finished generation never changes
    enabled: generationId !== '',
  });
}

/** The user's avatars that look similar, most similar first. */
export function useSimilar(avatarId: string) {
  const http = useHttp();
  return useQuery({
    queryKey: keys.similar(avatarId),
    queryFn: ({ signal }) =>
      http.get('/avatars/{id}/similar', { path: { id: avatarId }, query: { limit: SIMILAR_SHOWN }, signal }),
    select: ({ data }) => data.map(({ avatar }) => avatar),
  });
}

/** The latest uses of an avatar by apps. */
export function useUses(avatarId: string) {
  const http = useHttp();
  return useQuery({
    queryKey: keys.uses(avatarId),
    queryFn: ({ signal }) =>
      http.get('/avatars/{id}/usage', { path: { id: avatarId }, query: { limit: USES_READ }, signal }),
  });
}
