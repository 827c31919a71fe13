import { FolderPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Project } from '#contract/project.ts';
import { Button } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { SearchBox } from '#web/components/search-box.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useProjects } from '#web/features/projects/api/use-projects.ts';
import { counted } from '#web/format/count.ts';
import { countedUpToMax } from '#web/format/total.ts';

/** Above this many projects a search box is shown. */
const SEARCH_FROM = 8;

/** The dialog that creates a project: it belongs to another feature. */
export type NewProjectDialog = (props: {
  readonly onClose: () => void;
  readonly onCreated: (project: Project) => void;
}) => ReactNode;

interface MoveDialogProps {
  readonly newProject: NewProjectDialog;
  readonly count: number;
  /** The project they are in. */
  readonly fromId: string;
  readonly onMove: (to: Project) => void;
  readonly onClose: () => void;
}

/** Chooses the project to move avatars to, or creates it. */
export function MoveDialog({ newProject, count, fromId, onMove, onClose }: MoveDialogProps) {
  const query = useProjects();
  const [search, setSearch] = useState('');
  const [creating, setCreating] = useState(false);
  const others = (query.data?.pages.flatMap(({ data }) => data) ?? []).filter(({ id }) => id !== fromId);
  const found = others.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  if (creating) return newProject({ onClose: () => setCreating(false), onCreated: onMove });
  return (
    <Sheet title={`Move ${counted(count, 'avatar')}`} open onClose={onClose}>
      <div className="grid min-h-64 grid-cols-[minmax(0,1fr)] content-start gap-3 overflow-y-auto p-4 md:px-6">
        {(others.length > SEARCH_FROM || search !== '') && (
          <SearchBox label="Search projects" value={search} onChange={setSearch} />
        )}
        {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && !query.hasNextPage && found.length === 0 && (
          <p className="text-ink-2">
            {others.length === 0 ? 'This is your only project.' : 'No projects match your search.'}
          </p>
        )}
        <ul>
          {found.map((project) => (
            <li key={project.id}>
              <button
                type="button"
                onClick={() => onMove(project)}
                className="flex min-h-11 w-full items-center justify-between gap-3 rounded-option px-2 text-left hover:bg-hover"
              >
                <bdi className="truncate">{project.name}</bdi>
                <span className="num shrink-0 text-13 text-ink-3">{countedUpToMax(project.avatarCount, 'avatar')}</span>
              </button>
            </li>
          ))}
        </ul>
        <Button className="justify-self-start" onClick={() => setCreating(true)}>
          <FolderPlus size={16} strokeWidth={1.5} aria-hidden="true" /> New project
        </Button>
        <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      </div>
    </Sheet>
  );
}
