import { Plus } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { useMatch, useNavigate, useSearchParams } from 'react-router';
import { BlankState } from '#web/components/blank-state.tsx';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { SearchBox } from '#web/components/search-box.tsx';
import { isInProgress } from '#web/features/generations/in-progress.ts';
import { useInProgress } from '#web/features/generations/hooks/use-in-progress.ts';
import { ProjectCard } from '#web/features/projects/components/project-card.tsx';
import { ProjectGrid, ProjectGridSkeleton } from '#web/features/projects/components/project-grid.tsx';
import { openProjectDialog, withProjectDialog } from '#web/features/projects/project-dialog-params.ts';
import { useProjectList } from '#web/features/projects/hooks/use-project-list.ts';

const CreateProjectDialog = lazy(async () => ({
  default: (await import('#web/features/projects/components/create-project-dialog.tsx')).CreateProjectDialog,
}));
const EditProjectDialog = lazy(async () => ({
  default: (await import('#web/features/projects/components/edit-project-dialog.tsx')).EditProjectDialog,
}));
const ProjectDefaultsDialog = lazy(async () => ({
  default: (await import('#web/features/projects/components/project-defaults-dialog.tsx')).ProjectDefaultsDialog,
}));

/** The search field is shown from this many projects on. */
const SEARCH_FROM = 2;

export function ProjectsPage() {
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const creating = useMatch('/projects/new') !== null;
  const searchText = params.get('q') ?? '';
  const search = (q: string) => setParams(q.trim() ? { q } : {}, { replace: true, preventScrollReset: true });
  const { query, projects, found } = useProjectList(searchText);
  const edited = projects.find(({ id }) => id === openProjectDialog(params));
  const common = projects.find(({ id }) => id === openProjectDialog(params, 'defaults'));
  const { cards } = useInProgress();
  const inProgress = useMemo(() => Map.groupBy(cards.filter(isInProgress), (card) => card.projectId), [cards]);
  const newProject = (
    <ButtonLink to={{ pathname: '/projects/new', search: params.toString() }} tone={creating ? 'plain' : 'go'}>
      <Plus size={16} strokeWidth={1.5} aria-hidden="true" /> New project
    </ButtonLink>
  );
  const empty = query.isSuccess && projects.length === 0 && !query.hasNextPage;
  // Further pages load by themselves, because the end of the list is in view.
  const noMatches = query.isSuccess && !empty && found.length === 0 && !query.hasNextPage;
  return (
    <>
      <PageTitle title="Projects" />
      <div className="mb-4 flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="mr-auto text-20 tracking-[-0.012em]">Projects</h1>
        {projects.length >= SEARCH_FROM && (
          <div className="max-sm:order-1 max-sm:w-full">
            <SearchBox label="Search projects" value={searchText} onChange={search} />
          </div>
        )}
        {!empty && newProject}
      </div>
      {query.isPending && <ProjectGridSkeleton />}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {empty && <BlankState sentence="A project groups avatars that belong together." action={newProject} />}
      {noMatches && (
        <BlankState
          sentence="No projects match your search."
          action={<Button onClick={() => search('')}>Show all</Button>}
        />
      )}
      {found.length > 0 && (
        <ProjectGrid>
          {found.map((project) => (
            <li key={project.id} className="min-w-0">
              <ProjectCard project={project} inProgress={inProgress.get(project.id)?.length ?? 0} />
            </li>
          ))}
        </ProjectGrid>
      )}
      <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      <Suspense fallback={null}>
        {creating && (
          <CreateProjectDialog
            onClose={() => navigate({ pathname: '/projects', search: params.toString() })}
            onCreated={(project) => navigate(`/projects/${project.id}`, { replace: true })}
          />
        )}
        {common && (
          <ProjectDefaultsDialog
            project={common}
            onClose={() => setParams((before) => withProjectDialog(before, null))}
          />
        )}
        {edited && (
          <EditProjectDialog project={edited} onClose={() => setParams((before) => withProjectDialog(before, null))} />
        )}
      </Suspense>
    </>
  );
}
