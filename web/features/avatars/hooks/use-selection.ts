import { useEffect, useMemo, useRef, useState } from 'react';
import { atMost, toggled } from '../selection.ts';

export interface Selection {
  /** Selected ids among those shown, in display order. */
  readonly ids: readonly string[];
  readonly has: (id: string) => boolean;
  /** Something is shown that can be selected. */
  readonly selectable: boolean;
  /** A tap selects instead of opening. */
  readonly selecting: boolean;
  /** @param range selects everything from the last toggled id to this one */
  readonly toggle: (id: string, range: boolean) => void;
  readonly begin: () => void;
  readonly all: () => void;
  readonly end: () => void;
}

/** Selection within a list. Items that leave the list are deselected. Stable identity until something changes. */
export function useSelection(shown: readonly { readonly id: string }[]): Selection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [started, setStarted] = useState(false);
  const anchor = useRef<string>(undefined);
  const shownIds = useRef<readonly string[]>([]);
  const all = useMemo(() => shown.map(({ id }) => id), [shown]);
  useEffect(() => {
    shownIds.current = all;
  }, [all]);
  const actions = useMemo(
    () => ({
      toggle: (id: string, range: boolean) => {
        const from = range ? anchor.current : undefined;
        setSelected((before) => toggled(before, shownIds.current, id, from));
        anchor.current = id;
      },
      begin: () => setStarted(true),
      all: () => setSelected(atMost(shownIds.current)),
      end: () => {
        setSelected(new Set());
        setStarted(false);
      },
    }),
    [],
  );
  return useMemo(() => {
    const ids = all.filter((id) => selected.has(id));
    return {
      ...actions,
      ids,
      has: (id) => selected.has(id),
      selectable: all.length > 0,
      selecting: started || ids.length > 0,
    };
  }, [actions, all, selected, started]);
}
