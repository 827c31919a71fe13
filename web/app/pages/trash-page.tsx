import { RotateCcw, Trash2 } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import { TRASH_DAYS } from '#domain/avatar/trash.ts';
import { isolated } from '#domain/text/isolated.ts';
import { BlankState } from '#web/components/blank-state.tsx';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useTrash } from '#web/features/avatars/api/use-avatars.ts';
import { Gallery, GallerySkeleton } from '#web/features/avatars/components/gallery.tsx';
import { SelectionBar } from '#web/features/avatars/components/selection-bar.tsx';
import { useSelectionActions } from '#web/features/avatars/hooks/use-selection-actions.ts';
import { useSelection } from '#web/features/avatars/hooks/use-selection.ts';
import { counted } from '#web/format/count.ts';
import { countedTotal } from '#web/format/total.ts';

const DAY_MS = 86_400_000;

const ConfirmDialog = lazy(async () => ({
  default: (await import('#web/components/confirm-dialog.tsx')).ConfirmDialog,
}));

/** Avatars moved to the trash in the last thirty days. Each has its Restore; a tap selects, and the selection bar restores or deletes. */
export function TrashPage() {
  const query = useTrash();
  const [confirming, setConfirming] = useState(false);
  const { data, refetch } = query;
  const avatars = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const selection = useSelection(avatars);
  const acts = useSelectionActions(selection);
  const restoreButton = (avatar: Avatar) => (
    <Button
      tone="bare"
      size="small"
      className="-ml-2.5"
      aria-label={`Restore ${isolated(avatar.name)}`}
      onClick={() => acts.restoreOne(avatar)}
    >
      <RotateCcw size={16} strokeWidth={1.5} aria-hidden="true" /> Restore
    </Button>
  );
  const reload = useCallback(() => void refetch(), [refetch]);
  const meta = data?.pages[0]?.meta;
  return (
    <>
      <PageTitle title="Trash" />
      <div className="flex min-h-11 items-center justify-between gap-3">
        <h1 className="text-20 tracking-[-0.012em]">Trash</h1>
        {avatars.length > 0 && !selection.selecting && <Button onClick={selection.all}>Select all</Button>}
      </div>
      <p role="status" className="num mb-5 min-h-5 text-ink-3">
        {meta !== undefined && meta.total > 0 && `${countedTotal(meta, 'avatar')} · `}
        Avatars are deleted forever after {TRASH_DAYS} days in the trash.
      </p>
      {query.isPending && <GallerySkeleton />}
      {query.isError && <FailedRequest error={query.error} onRetry={reload} />}
      {query.isSuccess && avatars.length === 0 && (
        <BlankState sentence="The trash is empty." action={<ButtonLink to="/projects">Show my projects</ButtonLink>} />
      )}
      <Gallery avatars={avatars} selection={selection} note={daysLeft} linkTo={null} action={restoreButton} />
      <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      <SelectionBar
        selection={selection}
        actions={[
          { name: 'Restore', icon: RotateCcw, onAct: acts.restore },
          { name: 'Delete forever', icon: Trash2, onAct: () => setConfirming(true), onDeleteKey: true },
        ]}
      />
      {confirming && (
        <Suspense fallback={null}>
          <ConfirmDialog
            title={`Delete ${counted(selection.ids.length, 'avatar')} forever?`}
            message="Their images, personas, and details are deleted. This can’t be undone."
            action="Delete forever"
            onConfirm={acts.deleteForever}
            onClose={() => setConfirming(false)}
          />
        </Suspense>
      )}
    </>
  );
}

function daysLeft({ trashedAt }: Avatar): string {
  const sinceMs = Date.now() - new Date(trashedAt ?? Date.now()).getTime();
  const left = Math.max(0, Math.ceil(TRASH_DAYS - sinceMs / DAY_MS));
  return left === 0 ? 'Last day' : `${counted(left, 'day')} left`;
}
