import { useQuery } from '@tanstack/react-query';
import { Navigate, useMatch, useNavigate, useParams } from 'react-router';
import { avatarPath, generationPath } from '#web/components/avatar-path.ts';
import { ButtonLink } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { ReportAvatarDialog } from '#web/features/reports/components/report-avatar-dialog.tsx';
import { useHttp } from '#web/http/http-context.ts';

/**
 * Redirects from an avatar or generation id to its page. Other apps link here, so the avatar may be another user's: it is not shown,
 * but can be reported.
 */
export function IdRedirectPage() {
  const { avatarId, generationId = '' } = useParams();
  const isReporting = useMatch('/avatars/:avatarId/report') !== null;
  const navigate = useNavigate();
  const http = useHttp();
  const query = useQuery({
    queryKey: ['idRedirect', avatarId ?? generationId],
    queryFn: async ({ signal }) =>
      avatarId
        ? avatarPath(await http.get('/avatars/{id}', { path: { id: avatarId }, signal }))
        : (generationPath(await http.get('/generations/{id}', { path: { id: generationId }, signal })) ?? '/queue'),
  });
  if (query.data && !isReporting) return <Navigate replace to={query.data} />;
  const report = avatarId && <ButtonLink to={`/avatars/${avatarId}/report`}>Report this avatar</ButtonLink>;
  return (
    <>
      {query.isError ? (
        <FailedRequest page error={query.error} onRetry={() => void query.refetch()} notFoundAction={report} />
      ) : (
        <div role="status" aria-label="Loading" className="h-[56vh]" />
      )}
      {avatarId && isReporting && (
        <>
          <PageTitle title="Report avatar" />
          <ReportAvatarDialog avatarId={avatarId} onClose={() => void navigate(`/avatars/${avatarId}`)} />
        </>
      )}
    </>
  );
}
