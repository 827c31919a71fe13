import { Link } from 'react-router';
import type { Project } from '../../../../contract/project.ts';
import { counted, formatCount } from '../../../format/count.ts';
import { moment } from '../../../format/moment.ts';
import { Cover } from './cover.tsx';

interface ProjectCardProps {
  readonly project: Project;
  /** How many of its avatars are under way. */
  readonly developing: number;
}

export function ProjectCard({ project, developing }: ProjectCardProps) {
  return (
    <Link to={`/projects/${project.id}`} className="block min-w-0 rounded-picture outline-offset-4">
      <Cover covers={project.covers} />
      <h2 className="mt-3 truncate text-16">{project.name}</h2>
      <p className="num truncate text-13 text-ink-3">
        {counted(project.avatarCount, 'avatar')} · {moment(project.updatedAt)}
        {developing > 0 && <span className="text-ink"> · {formatCount(developing)} developing</span>}
      </p>
    </Link>
  );
}
