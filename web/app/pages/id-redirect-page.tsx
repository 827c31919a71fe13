import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import type { Generation } from '#contract/generation.ts';
import { FailedState } from '#web/components/failed-state.tsx';
import { useHttp } from '#web/http/http-context.ts';

/** An avatar or a generation known by its id alone: leads to where it is. */
export function IdRedirectPage() {
  const { avatarId, generationId = '' } = useParams();
  const http = useHttp();
  const query = useQuery({
    queryKey: ['found', avatarId ?? generationId],
    queryFn: async ({ signal }) =>
      avatarId
        ? avatarPlace(await http.get('/avatars/{id}', { path: { id: avatarId }, signal }))
        : generationPlace(await http.get('/generations/{id}', { path: { id: generationId }, signal })),
  });
  if (query.isError) return <FailedState page error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data) return <Navigate replace to={query.data} />;
  return <div role="status" aria-label="Looking for it" className="h-[56vh]" />;
}

function avatarPlace({ projectId, id }: Avatar): string {
  return `/projects/${projectId}/avatars/${id}`;
}

function generationPlace({ projectId, avatar }: Generation): string {
  return avatar ? avatarPlace(avatar) : `/projects/${projectId}`;
}
