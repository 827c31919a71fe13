import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import type { Project } from '#contract/project.ts';
import { formatMoment } from '#web/format/moment.ts';
import { formatCount } from '#web/format/count.ts';
import { countedUpToMax } from '#web/format/total.ts';
import { Cover } from './cover.tsx';

const ProjectMenu = lazy(async () => ({ default: (await import('./project-menu.tsx')).ProjectMenu }));

interface ProjectCardProps {
  readonly project: Project;
  /** Number of its generations in progress. */
  readonly inProgress: number;
}

/** A project with its newest avatars, its name, and a menu outside the link. */
export function ProjectCard({ project, inProgress }: ProjectCardProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-1">
      <Link to={`/projects/${project.id}`} className="col-span-full row-start-1 block rounded-image outline-offset-4">
        <Cover covers={project.covers} />
        <div className="mt-3 pr-12">
          <h2 className="truncate text-16" title={project.name}>
            <bdi>{project.name}</bdi>
          </h2>
          <p className="num truncate text-13 text-ink-3">
            {countedUpToMax(project.avatarCount, 'avatar')} · {formatMoment(project.updatedAt)}
            {inProgress > 0 && <span className="text-ink"> · {formatCount(inProgress)} in progress</span>}
          </p>
        </div>
      </Link>
      <span className="col-start-2 row-start-1 size-(--control) self-end">
        <Suspense fallback={null}>
          <ProjectMenu project={project} />
        </Suspense>
      </span>
    </div>
  );
}
