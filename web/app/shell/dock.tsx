import { Images, Layers, Plus, User } from 'lucide-react';
import { Link, NavLink, useParams } from 'react-router';
import { LazyAccountMenu } from './lazy-account-menu.tsx';
import { useInProgress } from '#web/features/generations/hooks/use-in-progress.ts';
import { useProjects } from '#web/features/projects/api/use-projects.ts';
import { formatCount } from '#web/format/count.ts';

const CELL = 'grid h-15 content-center justify-items-center gap-0.5 text-12';
const ITEM = `${CELL} text-ink-2 aria-[current=page]:font-strong aria-[current=page]:text-ink`;
/** In the accent color, unless the page already has a primary action. */
const PRIMARY_ITEM = `${CELL} font-strong text-accent [body:has(main_[data-go],[data-scrim])_&]:text-ink-2`;

/** The bottom bar on a phone. "New" opens the create dialog of the open project or the one changed last; without projects, a new project. */
export function Dock() {
  const { activeCount } = useInProgress();
  const { projectId } = useParams();
  const projects = useProjects();
  const target = projectId ?? projects.data?.pages[0]?.data[0]?.id;
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-3 grid grid-cols-4 border-t border-line bg-raised pb-[env(safe-area-inset-bottom)]"
    >
      <NavLink to="/projects" className={ITEM}>
        <Images size={20} strokeWidth={1.5} aria-hidden="true" /> Projects
      </NavLink>
      <Link to={target ? `/projects/${target}/new` : '/projects/new'} className={PRIMARY_ITEM}>
        <Plus size={20} strokeWidth={1.5} aria-hidden="true" /> New
      </Link>
      <NavLink to="/queue" className={ITEM}>
        <span className="relative">
          <Layers size={20} strokeWidth={1.5} aria-hidden="true" />
          {activeCount > 0 && (
            <span className="num absolute -top-1.5 left-3 min-w-4 rounded-full bg-ink px-1 text-center text-12 leading-4 font-strong text-paper">
              {formatCount(activeCount)}
            </span>
          )}
        </span>
        Queue
      </NavLink>
      <LazyAccountMenu trigger={<button type="button" aria-label="Account" className={ITEM} />}>
        <User size={20} strokeWidth={1.5} aria-hidden="true" /> Account
      </LazyAccountMenu>
    </nav>
  );
}
