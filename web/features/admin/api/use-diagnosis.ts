import { useQuery } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

/** Why a generation is where it is. Every read is recorded in the audit log. */
export function useDiagnosis(generationId: string) {
  const http = useHttp();
  return useQuery({
    queryKey: keys.admin('diagnosis', generationId),
    queryFn: ({ signal }) => http.get('/admin/generations/{id}/diagnosis', { path: { id: generationId }, signal }),
    staleTime: 0,
  });
}
