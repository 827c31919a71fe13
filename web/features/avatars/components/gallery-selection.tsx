import { Columns2, Download, FolderInput, Heart, PencilLine, Tags, Trash2 } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import { useShortcut } from '#web/hooks/use-shortcut.ts';
import { canCompare, comparedIds, withCompared } from '../compare.ts';
import { useSelectionActions } from '../hooks/use-selection-actions.ts';
import type { Selection } from '../hooks/use-selection.ts';
import type { NewProjectDialog } from './move-dialog.tsx';
import { SelectionBar } from './selection-bar.tsx';

const CompareDialog = lazy(() => import('./compare-dialog.tsx'));
const RenameDialog = lazy(() => import('./rename-dialog.tsx'));
const BulkAttributesDialog = lazy(() => import('./bulk-attributes-dialog.tsx'));
const MoveDialog = lazy(async () => ({ default: (await import('./move-dialog.tsx')).MoveDialog }));

interface GallerySelectionProps {
  readonly projectId: string;
  /** Those shown. */
  readonly avatars: readonly Avatar[];
  readonly selection: Selection;
  readonly newProject: NewProjectDialog;
}

/** What can be done with the selected avatars of a project, and the dialogs for it. */
export function GallerySelection({ projectId, avatars, selection, newProject }: GallerySelectionProps) {
  const actions = useSelectionActions(selection);
  const [dialog, setDialog] = useState<'move' | 'rename' | 'attributes'>();
  const close = () => setDialog(undefined);
  const done = () => {
    close();
    selection.end();
  };
  const selected = avatars.filter(({ id }) => selection.has(id));
  const areFavorites = selected.every(({ favorite }) => favorite);
  const { compared, compare } = useComparison(selection.ids);
  return (
    <>
      <SelectionBar
        selection={selection}
        actions={[
          { name: 'Move', icon: FolderInput, onAct: () => setDialog('move') },
          { name: 'Move to trash', icon: Trash2, onAct: actions.trash, onDeleteKey: true },
        ]}
        more={[
          {
            name: areFavorites ? 'Remove from favorites' : 'Mark as favorites',
            icon: Heart,
            onAct: () => actions.favor(selected, !areFavorites),
          },
          { name: 'Rename', icon: PencilLine, onAct: () => setDialog('rename') },
          { name: 'Attributes', icon: Tags, onAct: () => setDialog('attributes') },
          {
            name: 'Compare',
            icon: Columns2,
            onAct: () => compare(selection.ids),
            disabled: !canCompare(selection.ids.length),
          },
          { name: 'Download', icon: Download, onAct: actions.download, disabled: actions.downloading },
        ]}
      />
      <Suspense fallback={null}>
        {compared && <CompareDialog ids={compared} onClose={() => compare(undefined)} />}
        {dialog === 'rename' && <RenameDialog avatars={selected} onClose={close} onDone={done} />}
        {dialog === 'attributes' && <BulkAttributesDialog avatars={selected} onClose={close} onDone={done} />}
        {dialog === 'move' && (
          <MoveDialog
            newProject={newProject}
            count={selection.ids.length}
            fromId={projectId}
            onClose={close}
            onMove={(to) => {
              close();
              actions.move(to, projectId);
            }}
          />
        )}
      </Suspense>
    </>
  );
}

/** The compared avatars in the URL, so that a reload shows them again. */
function useComparison(selectedIds: readonly string[]) {
  const [params, setParams] = useSearchParams();
  const compared = useMemo(() => comparedIds(params), [params]);
  const compare = (ids: readonly string[] | undefined) =>
    setParams((before) => withCompared(before, ids), { replace: ids === undefined, preventScrollReset: true });
  useShortcut('c', () => compare(selectedIds), canCompare(selectedIds.length));
  return { compared, compare };
}
