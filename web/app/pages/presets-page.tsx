import { Plus } from 'lucide-react';
import { lazy, Suspense, useDeferredValue } from 'react';
import { useMatch, useNavigate, useSearchParams } from 'react-router';
import { BlankState } from '#web/components/blank-state.tsx';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { FailedState } from '#web/components/failed-state.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { SearchBox } from '#web/components/search-box.tsx';
import { Segmented } from '#web/components/segmented.tsx';
import { usePresetGallery } from '#web/features/presets/api/use-preset-gallery.ts';
import { usePresets } from '#web/features/presets/api/use-presets.ts';
import { PresetGroups, PresetGroupsSkeleton } from '#web/features/presets/components/preset-groups.tsx';
import { useDelayedDelete } from '#web/features/presets/hooks/use-delayed-delete.ts';

const PresetDialog = lazy(async () => ({
  default: (await import('#web/features/presets/components/preset-dialog.tsx')).PresetDialog,
}));
const ChooseProjectDialog = lazy(async () => ({
  default: (await import('#web/features/presets/components/choose-project-dialog.tsx')).ChooseProjectDialog,
}));

const ALL = '';
const YOURS = 'yours';

/** The gallery of starting points. Filters and open dialogs are in the address. */
export function PresetsPage() {
  const navigate = useNavigate();
  const creating = useMatch('/presets/new') !== null;
  const editing = useMatch('/presets/:presetId/edit')?.params.presetId;
  const generation = useMatch('/presets/:presetId/use')?.params.presetId;
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const shown = params.get('category') ?? ALL;
  const query = usePresetGallery(useDeferredValue(q.trim()), shown === YOURS ? ALL : shown);
  const known = usePresets(true).data ?? [];
  const { gone, remove } = useDelayedDelete();

  const search = params.size > 0 ? `?${params}` : '';
  const close = () => void navigate(`/presets${search}`);
  const filter = (name: 'q' | 'category', value: string) =>
    setParams(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  const read = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const presets = read.filter(({ id, own }) => !gone.has(id) && (own || shown !== YOURS));
  // Mine come first: once a public one is among them, all of mine are there.
  const more = query.hasNextPage && (shown !== YOURS || read.every(({ own }) => own));
  const open = [...new Set(known.filter(({ own }) => !own).map(({ category }) => category))];
  const options = [
    { value: ALL, label: 'All' },
    ...open.map((category) => ({ value: category, label: category })),
    { value: YOURS, label: 'Yours' },
  ];
  const make = (
    <ButtonLink to={`/presets/new${search}`} tone={creating || editing || generation ? 'plain' : 'go'}>
      <Plus size={16} strokeWidth={1.5} aria-hidden="true" /> Make a preset
    </ButtonLink>
  );
  const empty = query.isSuccess && presets.length === 0 && !more;
  const ownEmpty = empty && !q && (shown === YOURS || shown === ALL);
  return (
    <>
      <PageTitle title="Presets" />
      <div className="mb-4 flex min-h-11 flex-wrap items-center justify-between gap-3">
        <h1 className="text-20 tracking-[-0.012em]">Presets</h1>
        <div className="flex min-w-0 items-center gap-2 max-sm:w-full">
          <SearchBox label="Find a preset" value={q} onChange={(value) => filter('q', value)} />
          {!ownEmpty && make}
        </div>
      </div>
      <div className="mb-6">
        <Segmented label="Category" options={options} value={shown} onChange={(value) => filter('category', value)} />
      </div>
      {query.isPending && <PresetGroupsSkeleton />}
      {query.isError && <FailedState error={query.error} onRetry={() => void query.refetch()} />}
      {ownEmpty && <BlankState sentence="A preset of your own keeps a look to begin with." action={make} />}
      {empty && !ownEmpty && (
        <BlankState
          sentence="No preset is called that."
          action={<Button onClick={() => setParams({}, { replace: true })}>Show all presets</Button>}
        />
      )}
      <PresetGroups presets={presets} search={search} onDelete={remove} />
      <LoadMore more={more} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      <Suspense fallback={null}>
        {(creating || editing) && <PresetDialog presetId={editing} onClose={close} />}
        {generation && <ChooseProjectDialog presetId={generation} onClose={close} />}
      </Suspense>
    </>
  );
}
