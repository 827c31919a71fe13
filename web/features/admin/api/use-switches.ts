import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { Switches } from '#contract/switches.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { keys } from '#web/query/keys.ts';

const KEY = keys.admin('switches');

export function useSwitches() {
  const http = useHttp();
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => http.get('/admin/switches', { signal }),
    staleTime: 0,
  });
}

/** Sets a feature switch; every process applies it within a second. */
export function useSetSwitches() {
  const http = useHttp();
  const client = useQueryClient();
  const onSuccess = (switches: Switches) => client.setQueryData(KEY, switches);
  const onError = (error: Error) => void toast.error(messageOf(error));
  const newGenerations = useMutation({
    mutationFn: (paused: boolean) => http.post('/admin/new-generations', { body: { paused } }),
    onSuccess,
    onError,
  });
  const provider = useMutation({
    mutationFn: ({ name, enabled }: { name: ProviderName; enabled: boolean }) =>
      http.post('/admin/providers/{name}', { path: { name }, body: { enabled } }),
    onSuccess,
    onError,
  });
  return { newGenerations, provider };
}

/** Starts a reconciler run now instead of at its next scheduled time. */
export function useReconcile() {
  const http = useHttp();
  return useMutation({
    mutationFn: () => http.post('/admin/reconcile'),
    onSuccess: () => void toast('Reconciler started'),
    onError: (error) => void toast.error(messageOf(error)),
  });
}
