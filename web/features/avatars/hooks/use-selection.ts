import { useEffect, useMemo, useRef, useState } from 'react';
import { atMost, toggled } from '../selection.ts';

export interface Selection {
  /** In the order they are shown; only what is shown. */
  readonly ids: readonly string[];
  readonly has: (id: string) => boolean;
  /** A tap selects instead of opening. */
  readonly selecting: boolean;
  /** @param range everything since the last one turned on */
  readonly toggle: (id: string, range: boolean) => void;
  readonly begin: () => void;
  readonly all: () => void;
  readonly end: () => void;
}

/** Which of a list are selected. What leaves the list is selected no more. The same object until something changes. */
export function useSelection(shown: readonly { readonly id: string }[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [begun, setBegun] = useState(false);
  const anchor = useRef<string>(undefined);
  const direction = useRef<readonly string[]>([]);
  const all = useMemo(() => shown.map(({ id }) => id), [shown]);
  useEffect(() => {
    direction.current = all;
  }, [all]);
  const acts = useMemo(
    () => ({
      toggle: (id: string, range: boolean) => {
        const from = range ? anchor.current : undefined;
        setChosen((before) => toggled(before, direction.current, id, from));
        anchor.current = id;
      },
      begin: () => setBegun(true),
      all: () => setChosen(atMost(direction.current)),
      end: () => {
        setChosen(new Set());
        setBegun(false);
      },
    }),
    [],
  );
  return useMemo(() => {
    const ids = all.filter((id) => chosen.has(id));
    return { ...acts, ids, has: (id) => chosen.has(id), selecting: begun || ids.length > 0 };
  }, [acts, all, chosen, begun]);
}
