import { Plus } from 'lucide-react';
import { lazy, Suspense, useDeferredValue } from 'react';
import { useMatch, useNavigate, useSearchParams } from 'react-router';
import { BlankState } from '#web/components/blank-state.tsx';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { SearchBox } from '#web/components/search-box.tsx';
import { Segmented } from '#web/components/segmented.tsx';
import { usePresetGallery } from '#web/features/presets/api/use-preset-gallery.ts';
import { usePresets } from '#web/features/presets/api/use-presets.ts';
import { PresetGroups, PresetGroupsSkeleton } from '#web/features/presets/components/preset-groups.tsx';
import { useDelayedPresetDeletion } from '#web/features/presets/hooks/use-delayed-preset-deletion.ts';

const PresetDialog = lazy(async () => ({
  default: (await import('#web/features/presets/components/preset-dialog.tsx')).PresetDialog,
}));
const ChooseProjectDialog = lazy(async () => ({
  default: (await import('#web/features/presets/components/choose-project-dialog.tsx')).ChooseProjectDialog,
}));

const ALL = '';
const YOURS = 'yours';

/** The preset gallery. Filters and open dialogs are in the URL. */
export function PresetsPage() {
  const navigate = useNavigate();
  const creating = useMatch('/presets/new') !== null;
  const editing = useMatch('/presets/:presetId/edit')?.params.presetId;
  const using = useMatch('/presets/:presetId/use')?.params.presetId;
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const shown = params.get('category') ?? ALL;
  const query = usePresetGallery(useDeferredValue(q.trim()), shown === YOURS ? ALL : shown);
  const allPresets = usePresets(true).data ?? [];
  const { hiddenIds, deletePreset } = useDelayedPresetDeletion();

  const search = params.size > 0 ? `?${params}` : '';
  const close = () => void navigate(`/presets${search}`);
  const filter = (name: 'q' | 'category', value: string) =>
    setParams(
      (before) => {
        if (value.trim()) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  const loaded = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const presets = loaded.filter(({ id, own }) => !hiddenIds.has(id) && (own || shown !== YOURS));
  // The user's own presets come first: once a public one is loaded, all of theirs are.
  const more = query.hasNextPage && (shown !== YOURS || loaded.every(({ own }) => own));
  const categories = [...new Set(allPresets.filter(({ own }) => !own).map(({ category }) => category))];
  const options = [
    { value: ALL, label: 'All' },
    ...categories.map((category) => ({ value: category, label: category })),
    { value: YOURS, label: 'Yours' },
  ];
  const newPreset = (
    <ButtonLink to={`/presets/new${search}`} tone={creating || editing || using ? 'plain' : 'go'}>
      <Plus size={16} strokeWidth={1.5} aria-hidden="true" /> New preset
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
          <SearchBox label="Search presets" value={q} onChange={(value) => filter('q', value)} />
          {!ownEmpty && newPreset}
        </div>
      </div>
      <div className="mb-6">
        <Segmented label="Category" options={options} value={shown} onChange={(value) => filter('category', value)} />
      </div>
      {query.isPending && <PresetGroupsSkeleton />}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {ownEmpty && <BlankState sentence="Save a prompt and style as a preset to reuse it." action={newPreset} />}
      {empty && !ownEmpty && (
        <BlankState
          sentence="No presets match your search."
          action={<Button onClick={() => setParams({}, { replace: true })}>Show all presets</Button>}
        />
      )}
      <PresetGroups presets={presets} search={search} onDelete={deletePreset} />
      <LoadMore more={more} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      <Suspense fallback={null}>
        {(creating || editing) && <PresetDialog presetId={editing} onClose={close} />}
        {using && <ChooseProjectDialog presetId={using} onClose={close} />}
      </Suspense>
    </>
  );
}
