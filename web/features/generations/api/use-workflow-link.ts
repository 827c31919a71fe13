import { useQuery } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { useProfile } from '#web/features/account/api/use-profile.ts';

/** The URL of a generation's workflow in the Temporal UI. Only for admins; undefined without a configured UI or after Temporal's retention. */
export function useWorkflowLink(generationId: string): string | undefined {
  const http = useHttp();
  const admin = useProfile()?.role === 'admin';
  const { data } = useQuery({
    queryKey: keys.workflow(generationId),
    queryFn: ({ signal }) => http.get('/generations/{id}/workflow', { path: { id: generationId }, signal }),
    enabled: admin,
    retry: false, // the link is optional
  });
  return data?.operatorUrl ?? undefined;
}
