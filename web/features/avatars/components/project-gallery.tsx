import { Download, FolderInput, Trash2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { Button } from '#web/components/button.tsx';
import { BlankState } from '#web/components/blank-state.tsx';
import { FailedState } from '#web/components/failed-state.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { counted, formatCount } from '#web/format/count.ts';
import { useGlide } from '#web/hooks/use-glide.ts';
import { useAvatars } from '../api/use-avatars.ts';
import { isFiltered, NO_FILTERS } from '../gallery-filters.ts';
import { useGalleryFilters } from '../hooks/use-gallery-filters.ts';
import { useSelectionActions } from '../hooks/use-selection-actions.ts';
import { useSelection } from '../hooks/use-selection.ts';
import { Gallery, GallerySkeleton } from './gallery.tsx';
import { SelectionBar } from './selection-bar.tsx';

const GalleryFilterBar = lazy(async () => ({
  default: (await import('./gallery-filter-bar.tsx')).GalleryFilterBar,
}));
const MoveDialog = lazy(async () => ({ default: (await import('./move-dialog.tsx')).MoveDialog }));

interface ProjectGalleryProps {
  readonly projectId: string;
  /** Of the project, whatever the filters say. */
  readonly count: number | undefined;
  /** What it is for; may be empty. */
  readonly about: string;
  /** The generations that are shown elsewhere on the page for the moment. */
  readonly without: ReadonlySet<string>;
  /** What is under way stands between the filters and the images. */
  readonly strip: ReactNode;
  /** In place of everything when there is nothing at all. */
  readonly blank: ReactNode;
}

/** The images of a project: filtered, sorted, searched, and selected to do something with many. */
export function ProjectGallery({ projectId, count, about, without, strip, blank }: ProjectGalleryProps) {
  const { filters, change } = useGalleryFilters();
  const query = useAvatars(projectId, filters);
  const [moving, setMoving] = useState(false);
  const below = useRef<HTMLDivElement>(null);
  useGlide(below);
  const { data, refetch } = query;
  const hidden = [...without].join(' ');
  const avatars = useMemo(
    () => (data?.pages.flatMap((page) => page.data) ?? []).filter(({ generation }) => !hidden.includes(generation.id)),
    [data, hidden],
  );
  const selection = useSelection(avatars);
  const acts = useSelectionActions(selection);
  // Addresses expire together, so many images break at once: one reading serves them all.
  const readAgain = useCallback(() => void refetch({ cancelRefetch: false }), [refetch]);
  const narrowed = isFiltered(filters);
  const found = data?.pages[0]?.meta.total;
  const nothing = query.isSuccess && !query.isPlaceholderData && avatars.length === 0;
  if (nothing && !narrowed && without.size === 0 && !strip) return blank;
  return (
    <>
      <div className="mt-2 mb-5 flex items-center justify-between gap-x-4 gap-y-1 max-lg:flex-wrap">
        <div className="flex min-w-0 items-center gap-1 text-ink-3 max-lg:w-full">
          <p role="status" className="num shrink-0">
            {narrowed && found !== undefined
              ? `${formatCount(found)} of ${counted(count ?? found, 'avatar')}`
              : (found ?? count) !== undefined && counted(found ?? count ?? 0, 'avatar')}
          </p>
          {about && (
            <p title={about} className="min-w-0 truncate">
              · <bdi>{about}</bdi>
            </p>
          )}
          <Button
            tone="bare"
            size="small"
            className="ml-1 max-lg:ml-auto"
            onClick={selection.selecting ? selection.end : selection.begin}
          >
            {selection.selecting ? 'Stop selecting' : 'Select'}
          </Button>
        </div>
        <div className="min-h-(--control) min-w-0 max-sm:min-h-[92px] max-sm:w-full">
          <Suspense fallback={null}>
            <GalleryFilterBar filters={filters} onChange={change} />
          </Suspense>
        </div>
      </div>
      {strip}
      <div ref={below}>
        {query.isPending && <GallerySkeleton />}
        {query.isError && <FailedState error={query.error} onRetry={readAgain} />}
        {nothing && narrowed && (
          <BlankState
            sentence="No avatar of this project fits."
            action={<Button onClick={() => change({ ...NO_FILTERS, sort: filters.sort })}>Show all</Button>}
          />
        )}
        <Gallery avatars={avatars} selection={selection} onBroken={readAgain} />
      </div>
      <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      <SelectionBar
        selection={selection}
        acts={[
          { name: 'Move', icon: FolderInput, onAct: () => setMoving(true) },
          { name: 'Download', icon: Download, onAct: acts.download, busy: acts.downloading },
          { name: 'Move to trash', icon: Trash2, onAct: acts.trash },
        ]}
      />
      {moving && (
        <Suspense fallback={null}>
          <MoveDialog
            count={selection.ids.length}
            fromId={projectId}
            onClose={() => setMoving(false)}
            onMove={(to) => {
              setMoving(false);
              acts.move(to, projectId);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
