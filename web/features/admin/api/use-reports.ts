import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

const REPORTS = keys.admin('reports');
const TAKEDOWNS = keys.admin('takedowns');

/** The oldest undecided reports. Deciding them brings up the next ones. */
export function useReports() {
  const http = useHttp();
  return useQuery({
    queryKey: REPORTS,
    queryFn: ({ signal }) => http.get('/moderation/reports', { signal }),
    staleTime: 0,
  });
}

/** Avatars that are taken down, the oldest ones. */
export function useTakedowns() {
  const http = useHttp();
  return useQuery({
    queryKey: TAKEDOWNS,
    queryFn: ({ signal }) => http.get('/moderation/takedowns', { signal }),
    staleTime: 0,
  });
}

/** Dismisses a report, takes its avatar down, or restores the avatar. */
export function useReportDecision(avatarId: string) {
  const http = useHttp();
  const client = useQueryClient();
  const onSettled = async () => {
    await client.invalidateQueries({ queryKey: REPORTS });
    await client.invalidateQueries({ queryKey: TAKEDOWNS });
  };
  const dismiss = useMutation({
    mutationFn: (reportId: string) => http.post('/moderation/reports/{id}/dismiss', { path: { id: reportId } }),
    onSettled,
  });
  const takedown = useMutation({
    mutationFn: (reason: string) =>
      http.post('/moderation/{id}/takedown', { path: { id: avatarId }, body: { reason } }),
    onSettled,
  });
  const restore = useMutation({
    mutationFn: () => http.post('/moderation/{id}/restore', { path: { id: avatarId } }),
    onSettled,
  });
  return { dismiss, takedown, restore };
}
