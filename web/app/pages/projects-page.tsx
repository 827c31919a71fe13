import { Plus } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { useMatch, useNavigate } from 'react-router';
import { BlankState } from '../../components/blank-state.tsx';
import { ButtonLink } from '../../components/button.tsx';
import { FailedState } from '../../components/failed-state.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useDeveloping } from '../../features/generations/hooks/use-developing.ts';
import { isUnderWay } from '../../features/generations/developing.ts';
import { useProjects } from '../../features/projects/api/use-projects.ts';
import { ProjectCard } from '../../features/projects/components/project-card.tsx';
import { ProjectGrid, ProjectGridSkeleton } from '../../features/projects/components/project-grid.tsx';

const CreateProjectDialog = lazy(async () => ({
  default: (await import('../../features/projects/components/create-project-dialog.tsx')).CreateProjectDialog,
}));

export function ProjectsPage() {
  const navigate = useNavigate();
  const creating = useMatch('/projects/new') !== null;
  const query = useProjects();
  const { cards } = useDeveloping();
  const projects = query.data?.pages.flatMap((page) => page.data) ?? [];
  const developing = useMemo(() => Map.groupBy(cards.filter(isUnderWay), (card) => card.projectId), [cards]);
  const makeProject = (
    <ButtonLink to="/projects/new" tone={creating ? 'plain' : 'go'}>
      <Plus size={16} strokeWidth={1.5} aria-hidden="true" /> Make a project
    </ButtonLink>
  );
  const empty = query.isSuccess && projects.length === 0;
  return (
    <>
      <PageTitle title="Projects" />
      <div className="mb-4 flex min-h-11 items-center justify-between gap-3">
        <h1 className="text-20 tracking-[-0.012em]">Projects</h1>
        {!empty && makeProject}
      </div>
      {query.isPending && <ProjectGridSkeleton />}
      {query.isError && <FailedState error={query.error} onRetry={() => void query.refetch()} />}
      {empty && <BlankState sentence="A project keeps the avatars of one cast together." action={makeProject} />}
      {projects.length > 0 && (
        <ProjectGrid>
          {projects.map((project) => (
            <li key={project.id} className="min-w-0">
              <ProjectCard project={project} developing={developing.get(project.id)?.length ?? 0} />
            </li>
          ))}
        </ProjectGrid>
      )}
      <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      {creating && (
        <Suspense fallback={null}>
          <CreateProjectDialog
            onClose={() => navigate('/projects')}
            onCreated={(project) => navigate(`/projects/${project.id}`, { replace: true })}
          />
        </Suspense>
      )}
    </>
  );
}
