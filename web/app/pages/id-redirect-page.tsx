import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import type { Generation } from '#contract/generation.ts';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { useHttp } from '#web/http/http-context.ts';

/** Redirects from an avatar or generation id to its page. */
export function IdRedirectPage() {
  const { avatarId, generationId = '' } = useParams();
  const http = useHttp();
  const query = useQuery({
    queryKey: ['idRedirect', avatarId ?? generationId],
    queryFn: async ({ signal }) =>
      avatarId
        ? avatarPath(await http.get('/avatars/{id}', { path: { id: avatarId }, signal }))
        : generationPath(await http.get('/generations/{id}', { path: { id: generationId }, signal })),
  });
  if (query.isError) return <FailedRequest page error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data) return <Navigate replace to={query.data} />;
  return <div role="status" aria-label="Loading" className="h-[56vh]" />;
}

function avatarPath({ projectId, id }: Avatar): string {
  return `/projects/${projectId}/avatars/${id}`;
}

function generationPath({ projectId, avatar }: Generation): string {
  return avatar ? avatarPath(avatar) : `/projects/${projectId}`;
}
