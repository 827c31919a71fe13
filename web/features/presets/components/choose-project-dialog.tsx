import { ChevronRight, Plus } from 'lucide-react';
import { Link } from 'react-router';
import { isolated } from '#domain/text/isolated.ts';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useProjects } from '#web/features/projects/api/use-projects.ts';
import { countedUpToMax } from '#web/format/total.ts';
import { usePreset } from '../api/use-preset-changes.ts';

interface ChooseProjectDialogProps {
  readonly presetId: string;
  readonly onClose: () => void;
}

/** Chooses the project for a preset's new avatar, then opens the create dialog with the preset selected. */
export function ChooseProjectDialog({ presetId, onClose }: ChooseProjectDialogProps) {
  const preset = usePreset(presetId).data;
  const query = useProjects();
  const projects = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Sheet title="Choose a project" aside={preset && `for ${isolated(preset.name)}`} open onClose={onClose}>
      <div className="grid gap-2 overflow-y-auto p-4">
        {query.isPending && (
          <div role="status" aria-label="Loading your projects" className="h-44 rounded-control bg-well" />
        )}
        {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
        <ul>
          {projects.map(({ id, name, avatarCount }) => (
            <li key={id}>
              <Link
                to={`/projects/${id}/new?preset=${presetId}`}
                className="flex min-h-11 items-center gap-3 rounded-control px-3 hover:bg-hover"
              >
                <bdi className="min-w-0 truncate">{name}</bdi>
                <span className="num ml-auto shrink-0 text-13 text-ink-3">{countedUpToMax(avatarCount, 'avatar')}</span>
                <ChevronRight size={16} strokeWidth={1.5} aria-hidden="true" className="shrink-0 text-ink-3" />
              </Link>
            </li>
          ))}
        </ul>
        {query.hasNextPage && (
          <Button tone="bare" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more projects
          </Button>
        )}
        {query.isSuccess && (
          <ButtonLink to="/projects/new" className="justify-self-start">
            <Plus size={16} strokeWidth={1.5} aria-hidden="true" /> New project
          </ButtonLink>
        )}
      </div>
    </Sheet>
  );
}
