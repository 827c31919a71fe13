import { useEffect, useState } from 'react';
import { useLiveGenerations } from '../api/use-live-generations.ts';
import { type Developing, developing } from '../developing.ts';
import { useDismissed } from './use-dismissed.ts';

/** @param projectId left out: of all projects */
export function useDeveloping(projectId?: string): Developing {
  const live = useLiveGenerations();
  const dismissed = useDismissed();
  const [nowMs, setNowMs] = useState(() => Date.now());
  const shown = developing(live, dismissed, nowMs, projectId);
  useEffect(() => {
    if (shown.nextChangeAtMs === undefined) return;
    const timer = setTimeout(() => setNowMs(Date.now()), Math.max(0, shown.nextChangeAtMs - Date.now()));
    return () => clearTimeout(timer);
    // A timer may go off a little early: then it is set once more.
  }, [shown.nextChangeAtMs, nowMs]);
  return shown;
}
