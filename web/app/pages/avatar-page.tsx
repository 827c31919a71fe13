import { ExternalLink } from 'lucide-react';
import { Link, useParams } from 'react-router';
import { buttonClass } from '../../components/button-style.ts';
import { FailedState } from '../../components/failed-state.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Picture } from '../../components/picture.tsx';
import { useAvatar } from '../../features/avatars/api/use-avatars.ts';
import { sourceWord, styleWord } from '../../features/avatars/avatar-words.ts';
import { AvatarFacts } from '../../features/avatars/components/avatar-facts.tsx';
import { useProject } from '../../features/projects/api/use-projects.ts';
import { moment } from '../../format/moment.ts';

/** One avatar: the picture, and how it was made. */
export function AvatarPage() {
  const { projectId = '', avatarId = '' } = useParams();
  const project = useProject(projectId);
  const query = useAvatar(projectId, avatarId);
  if (query.isError) return <FailedState page error={query.error} onRetry={() => void query.refetch()} />;
  const avatar = query.data;
  return (
    <>
      <PageTitle title={avatar?.name ?? 'Avatar'} />
      <nav aria-label="Where you are" className="flex min-h-11 min-w-0 items-center gap-2 text-ink-3">
        <Link to="/projects" className="flex min-h-11 items-center hover:text-ink">
          Projects
        </Link>
        <span aria-hidden="true">/</span>
        <Link to={`/projects/${projectId}`} className="flex min-h-11 min-w-0 items-center hover:text-ink">
          <span className="truncate">{project.data?.name ?? 'Project'}</span>
        </Link>
        <span aria-hidden="true">/</span>
        <span className="truncate text-ink">{avatar?.name}</span>
      </nav>
      <div className="grid items-start gap-6 md:grid-cols-2 lg:grid-cols-[minmax(0,592px)_minmax(0,1fr)] lg:gap-10">
        {avatar ? (
          <Picture
            eager
            src={avatar.imageUrl}
            placeholder={avatar.placeholder}
            alt={avatar.name}
            onBroken={() => void query.refetch()}
            className="aspect-square rounded-picture md:sticky md:top-20"
          />
        ) : (
          <span
            role="status"
            aria-label="Reading the avatar"
            className="block aspect-square rounded-picture bg-sunken"
          />
        )}
        {avatar && (
          <div className="grid min-w-0 gap-6">
            <div>
              <h1 className="text-28 tracking-[-0.022em] break-words">
                <bdi>{avatar.name}</bdi>
              </h1>
              <p className="mt-1 text-ink-3">
                {[styleWord(avatar), `from ${sourceWord(avatar.sourceType)}`, `made ${moment(avatar.createdAt)}`]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            <div>
              {avatar.imageUrl !== null && (
                <a href={avatar.imageUrl} target="_blank" rel="noreferrer" className={buttonClass({ tone: 'plain' })}>
                  <ExternalLink size={16} strokeWidth={1.5} aria-hidden="true" /> Open the full picture
                </a>
              )}
            </div>
            <AvatarFacts avatar={avatar} />
          </div>
        )}
      </div>
    </>
  );
}
