import { useQuery } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { useProfile } from '#web/features/account/api/use-profile.ts';

/** Where the Temporal UI shows a generation's workflow. For admins alone; undefined where no UI is known, or Temporal keeps it no longer. */
export function useWorkflowLink(generationId: string): string | undefined {
  const http = useHttp();
  const admin = useProfile()?.role === 'admin';
  const { data } = useQuery({
    queryKey: keys.workflow(generationId),
    queryFn: ({ signal }) => http.get('/generations/{id}/workflow', { path: { id: generationId }, signal }),
    enabled: admin,
    retry: false, // the page is whole without it
  });
  return data?.operatorUrl ?? undefined;
}
