import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import { avatarPath } from '#web/components/avatar-path.ts';
import { Button } from '#web/components/button.tsx';
import { BlankState } from '#web/components/blank-state.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { countedTotal, countedUpToMax, formatTotal } from '#web/format/total.ts';
import { useGlide } from '#web/hooks/use-flip.ts';
import { useAvatars } from '../api/use-avatars.ts';
import {
  filterSearch,
  type GalleryFilters,
  isFiltered,
  NO_FILTERS,
  readFilters,
  withFilters,
} from '../gallery-filters.ts';
import { useSelection } from '../hooks/use-selection.ts';
import { GallerySelection } from './gallery-selection.tsx';
import { Gallery, GallerySkeleton } from './gallery.tsx';
import type { NewProjectDialog } from './move-dialog.tsx';

const GalleryFilterBar = lazy(async () => ({
  default: (await import('./gallery-filter-bar.tsx')).GalleryFilterBar,
}));

interface ProjectGalleryProps {
  readonly projectId: string;
  /** All avatars of the project, regardless of filters. */
  readonly count: number | undefined;
  /** The project's description; may be empty. */
  readonly about: string;
  /** Ids of generations whose cards are shown elsewhere on the page. */
  readonly without: ReadonlySet<string>;
  /** Generations in progress, between the filters and the images. */
  readonly strip: ReactNode;
  /** Shown instead of everything when the project is empty. */
  readonly blank: ReactNode;
  readonly newProject: NewProjectDialog;
}

/** The avatars of a project, with filters, sorting, search and bulk actions. */
export function ProjectGallery(props: ProjectGalleryProps) {
  const { projectId, count, about, without, strip, blank, newProject } = props;
  const { filters, change, search } = useGalleryFilters();
  // The avatar's page goes on to the next of these, and back to them.
  const linkTo = useCallback((avatar: Avatar) => `${avatarPath(avatar)}${search}`, [search]);
  const query = useAvatars(projectId, filters);
  const below = useRef<HTMLDivElement>(null);
  const above = useGlide(below);
  const { data } = query;
  const hidden = [...without].join(' ');
  const avatars = useMemo(
    () => (data?.pages.flatMap((page) => page.data) ?? []).filter(({ generation }) => !hidden.includes(generation.id)),
    [data, hidden],
  );
  const selection = useSelection(avatars);
  const filtered = isFiltered(filters);
  const found = data?.pages[0]?.meta;
  const nothing = query.isSuccess && !query.isPlaceholderData && avatars.length === 0;
  if (nothing && !filtered && without.size === 0 && !strip) return blank;
  return (
    <>
      <div className="mt-2 mb-5 flex items-center justify-between gap-x-4 gap-y-1 max-xl:flex-wrap">
        <div className="flex min-w-0 items-center gap-1 text-ink-3 max-xl:w-full xl:min-w-52 xl:flex-1">
          <p role="status" className="num shrink-0">
            {filtered && found !== undefined
              ? `${formatTotal(found)} of ${countedUpToMax(count ?? found.total, 'avatar')}`
              : found
                ? countedTotal(found, 'avatar')
                : count !== undefined && countedUpToMax(count, 'avatar')}
          </p>
          {about && (
            <p title={about} className="min-w-0 truncate">
              · <bdi>{about}</bdi>
            </p>
          )}
          <Button
            tone="bare"
            size="small"
            className="ml-1 max-xl:ml-auto"
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
      <div ref={above} className="flow-root">
        {strip}
      </div>
      <div ref={below}>
        {query.isPending && <GallerySkeleton />}
        {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
        {nothing && filtered && (
          <BlankState
            sentence="No avatars match the filters."
            action={<Button onClick={() => change({ ...NO_FILTERS, sort: filters.sort })}>Show all</Button>}
          />
        )}
        <Gallery avatars={avatars} selection={selection} linkTo={linkTo} />
      </div>
      <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      <GallerySelection projectId={projectId} avatars={avatars} selection={selection} newProject={newProject} />
    </>
  );
}

/** The filters in the URL. Changes replace the history entry, so that Back leaves the page instead of undoing one letter of a search. */
function useGalleryFilters() {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(params), [params]);
  const change = (changed: Partial<GalleryFilters>) =>
    setParams((before) => withFilters(before, changed), { replace: true, preventScrollReset: true });
  return { filters, change, search: filterSearch(params) };
}
