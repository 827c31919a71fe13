import { Columns2, Download, FolderInput, Trash2 } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useShortcut } from '#web/hooks/use-shortcut.ts';
import { canCompare, comparedIds, withCompared } from '../compare.ts';
import { useSelectionActions } from '../hooks/use-selection-actions.ts';
import type { Selection } from '../hooks/use-selection.ts';
import type { NewProjectDialog } from './move-dialog.tsx';
import { SelectionBar } from './selection-bar.tsx';

const CompareDialog = lazy(() => import('./compare-dialog.tsx'));
const MoveDialog = lazy(async () => ({ default: (await import('./move-dialog.tsx')).MoveDialog }));

interface GallerySelectionProps {
  readonly projectId: string;
  readonly selection: Selection;
  readonly newProject: NewProjectDialog;
}

/** What can be done with the selected avatars of a project, and the dialogs for it. */
export function GallerySelection({ projectId, selection, newProject }: GallerySelectionProps) {
  const actions = useSelectionActions(selection);
  const [moving, setMoving] = useState(false);
  const { compared, compare } = useComparison(selection.ids);
  return (
    <>
      <SelectionBar
        selection={selection}
        actions={[
          { name: 'Move', icon: FolderInput, onAct: () => setMoving(true) },
          { name: 'Move to trash', icon: Trash2, onAct: actions.trash, onDeleteKey: true },
        ]}
        more={[
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
        {moving && (
          <MoveDialog
            newProject={newProject}
            count={selection.ids.length}
            fromId={projectId}
            onClose={() => setMoving(false)}
            onMove={(to) => {
              setMoving(false);
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
