import { CheckCheck, X } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button } from '#web/components/button.tsx';
import { formatCount } from '#web/format/count.ts';
import { useModShortcut, useShortcut } from '#web/hooks/use-shortcut.ts';
import type { Selection } from '../hooks/use-selection.ts';
import type { SelectionAction } from '../selection-action.ts';
import { SELECTED_MAX } from '../selection.ts';

const MoreActions = lazy(() => import('./more-actions.tsx'));

interface SelectionBarProps {
  readonly selection: Selection;
  readonly actions: readonly SelectionAction[];
  /** Those for which a phone has no room: in a menu. */
  readonly more?: readonly SelectionAction[];
}

/** An Apple keyboard's Delete key sends Backspace. */
const DELETE_KEYS = ['Delete', 'Backspace'];
const NO_ACTIONS: readonly SelectionAction[] = [];

/**
 * Bulk actions on the selection, floating at the lower edge (on a phone, over the dock). Ctrl+A or ⌘A selects all, Escape ends the
 * selection.
 */
export function SelectionBar({ selection, actions, more = NO_ACTIONS }: SelectionBarProps) {
  const { ids, selectable, selecting, all, end } = selection;
  const onDelete = actions.find(({ onDeleteKey }) => onDeleteKey);
  useModShortcut('a', all, selectable);
  useShortcut('Escape', end, selecting);
  useShortcut(DELETE_KEYS, () => onDelete?.onAct(), ids.length > 0 && onDelete !== undefined);
  if (!selecting) return null;
  const count = ids.length;
  return (
    <section
      aria-label="Selected"
      className="fixed inset-x-0 bottom-0 z-4 mx-auto flex items-center gap-1 border-t border-line bg-raised px-2 py-2 pb-[max(8px,env(safe-area-inset-bottom))] sm:bottom-6 sm:w-fit sm:rounded-image sm:border-0 sm:pb-2 sm:shadow-float"
    >
      <p role="status" className="num mr-auto px-2 whitespace-nowrap sm:mr-2">
        {formatCount(count)} selected
        {count === SELECTED_MAX && <span className="text-ink-3 max-sm:hidden"> · maximum</span>}
      </p>
      <Button tone="bare" aria-label="Select all" onClick={all}>
        <CheckCheck size={16} strokeWidth={1.5} aria-hidden="true" /> <span className="max-sm:hidden">All</span>
      </Button>
      {actions.map(({ name, icon: Icon, onAct, disabled = false }) => (
        <Button key={name} tone="bare" aria-label={name} disabled={count === 0 || disabled} onClick={onAct}>
          <Icon size={16} strokeWidth={1.5} aria-hidden="true" /> <span className="max-sm:hidden">{name}</span>
        </Button>
      ))}
      {more.length > 0 && (
        <Suspense fallback={<span className="h-(--control) w-[42px] sm:w-[84px]" />}>
          <MoreActions actions={more} disabled={count === 0} />
        </Suspense>
      )}
      <Button tone="bare" icon aria-label="Stop selecting" onClick={end}>
        <X size={16} strokeWidth={1.5} aria-hidden="true" />
      </Button>
    </section>
  );
}
