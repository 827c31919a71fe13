import { Plus, Upload } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link, useMatch, useNavigate, useParams, useSearchParams } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import { BlankState } from '#web/components/blank-state.tsx';
import { ButtonLink } from '#web/components/button.tsx';
import { DropHint } from '#web/components/drop-hint.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { ModEnterHint } from '#web/components/mod-enter-hint.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import type { NewProjectDialog } from '#web/features/avatars/components/move-dialog.tsx';
import { ProjectGallery } from '#web/features/avatars/components/project-gallery.tsx';
import { ResultActions } from '#web/features/avatars/components/result-actions.tsx';
import { filterSearch } from '#web/features/avatars/gallery-filters.ts';
import { InProgressStrip } from '#web/features/generations/components/in-progress-strip.tsx';
import { useInProgress } from '#web/features/generations/hooks/use-in-progress.ts';
import { useProject } from '#web/features/projects/api/use-projects.ts';
import { openProjectDialog, withProjectDialog } from '#web/features/projects/project-dialog-params.ts';
import { useOfferedFiles } from '#web/hooks/use-offered-files.ts';
import { usePhone } from '#web/hooks/use-phone.ts';
import { useModEnter } from '#web/hooks/use-mod-enter.ts';

const ProjectMenu = lazy(async () => ({
  default: (await import('#web/features/projects/components/project-menu.tsx')).ProjectMenu,
}));
const CreateProjectDialog = lazy(async () => ({
  default: (await import('#web/features/projects/components/create-project-dialog.tsx')).CreateProjectDialog,
}));
const EditProjectDialog = lazy(async () => ({
  default: (await import('#web/features/projects/components/edit-project-dialog.tsx')).EditProjectDialog,
}));
const ProjectDefaultsDialog = lazy(async () => ({
  default: (await import('#web/features/projects/components/project-defaults-dialog.tsx')).ProjectDefaultsDialog,
}));
const UploadDialog = lazy(async () => ({
  default: (await import('#web/features/uploads/components/upload-dialog.tsx')).UploadDialog,
}));
const loadCreateAvatarDialog = () => import('#web/features/create-avatar/components/create-avatar-dialog.tsx');
const CreateAvatarDialog = lazy(async () => ({ default: (await loadCreateAvatarDialog()).CreateAvatarDialog }));

const resultActions = (avatar: Avatar) => <ResultActions avatar={avatar} />;
const newProjectDialog: NewProjectDialog = (handlers) => <CreateProjectDialog {...handlers} />;

/** As wide as the menu, so that nothing moves when it loads. */
const MENU_PLACEHOLDER = <span className="size-(--control)" />;

export function ProjectPage() {
  const { projectId = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const creating = useMatch('/projects/:projectId/new') !== null;
  const uploading = useMatch('/projects/:projectId/upload') !== null;
  const project = useProject(projectId);
  const inProgress = useInProgress(projectId);
  const phone = usePhone(); // the dock has the button instead
  const mayRaise = useProfile()?.role === 'admin';
  const path = `/projects/${projectId}`;
  const search = filterSearch(params); // a dialog keeps the filters of the page behind it
  const close = () => void navigate({ pathname: path, search });
  useEffect(() => void loadCreateAvatarDialog(), []); // preloaded, so that it opens without delay
  useModEnter(() => navigate({ pathname: `${path}/new`, search }), !creating && !uploading);
  const offered = useRef<readonly File[]>([]);
  const isOver = useOfferedFiles((files) => {
    if (document.querySelector('[data-scrim]')) return; // for the open dialog
    offered.current = files;
    void navigate({ pathname: `${path}/upload`, search });
  }, !creating && !uploading);
  const consumeOffered = () => {
    const files = offered.current;
    offered.current = [];
    return files;
  };

  // An avatar joins the gallery only when its card leaves, even if the list has it earlier.
  const cardIds = new Set(inProgress.cards.map(({ id }) => id));
  const hasCards = inProgress.cards.length > 0;
  const empty = project.data?.avatarCount === 0 && !hasCards;
  const newAvatar = (
    <ButtonLink to={{ pathname: `${path}/new`, search }} tone={creating || uploading ? 'plain' : 'go'}>
      <Plus size={16} strokeWidth={1.5} aria-hidden="true" /> New avatar <ModEnterHint />
    </ButtonLink>
  );
  if (project.isError) return <FailedRequest page error={project.error} onRetry={() => void project.refetch()} />;
  return (
    <>
      <PageTitle title={project.data?.name ?? 'Project'} />
      <div className="flex min-h-11 items-center justify-between gap-3">
        <h1 className="flex min-w-0 items-center text-20 tracking-[-0.012em]">
          <Link to="/projects" className="flex min-h-11 items-center font-regular text-ink-3 hover:text-ink">
            Projects
          </Link>
          <span aria-hidden="true" className="mx-2 font-regular text-ink-3">
            /
          </span>
          <bdi className="truncate" title={project.data?.name}>
            {project.data?.name}
          </bdi>
        </h1>
        <div className="flex shrink-0 items-center gap-2">
          <Suspense fallback={MENU_PLACEHOLDER}>
            {project.data ? <ProjectMenu project={project.data} /> : MENU_PLACEHOLDER}
          </Suspense>
          {!phone && (
            <ButtonLink to={{ pathname: `${path}/upload`, search }}>
              <Upload size={16} strokeWidth={1.5} aria-hidden="true" /> Upload an image
            </ButtonLink>
          )}
          {!empty && !phone && newAvatar}
        </div>
      </div>
      <ProjectGallery
        key={projectId}
        projectId={projectId}
        count={project.data?.avatarCount}
        about={project.data?.description ?? ''}
        without={cardIds}
        strip={
          hasCards && <InProgressStrip inProgress={inProgress} mayRaise={mayRaise} resultActions={resultActions} />
        }
        blank={<BlankState sentence="Describe someone to generate the first avatar." action={newAvatar} />}
        newProject={newProjectDialog}
      />
      {isOver && <DropHint text="Drop images to upload them" />}
      {creating && (
        <Suspense fallback={null}>
          <CreateAvatarDialog
            key={`${projectId} ${params.get('from') ?? ''}`}
            projectId={projectId}
            projectName={project.data?.name}
            defaults={project.data?.defaults}
            fromId={params.get('from') ?? undefined}
            onClose={close}
          />
        </Suspense>
      )}
      {uploading && (
        <Suspense fallback={null}>
          <UploadDialog
            projectId={projectId}
            projectName={project.data?.name}
            consumeFiles={consumeOffered}
            onClose={close}
          />
        </Suspense>
      )}
      {project.data && openProjectDialog(params, 'defaults') !== null && (
        <Suspense fallback={null}>
          <ProjectDefaultsDialog
            project={project.data}
            onClose={() => setParams((before) => withProjectDialog(before, null), { replace: true })}
          />
        </Suspense>
      )}
      {project.data && openProjectDialog(params) !== null && (
        <Suspense fallback={null}>
          <EditProjectDialog
            project={project.data}
            onClose={() => setParams((before) => withProjectDialog(before, null), { replace: true })}
          />
        </Suspense>
      )}
    </>
  );
}
