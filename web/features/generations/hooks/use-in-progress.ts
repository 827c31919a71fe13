import { useEffect, useState } from 'react';
import { useLiveGenerations } from '../api/use-live-generations.ts';
import { type InProgress, inProgress } from '../in-progress.ts';
import { useHeld } from './use-held.ts';
import { useDismissed } from './use-dismissed.ts';

/** @param projectId all projects if omitted */
export function useInProgress(projectId?: string): InProgress {
  const live = useLiveGenerations();
  const dismissed = useDismissed();
  const [nowMs, setNowMs] = useState(() => Date.now());
  const shown = inProgress(live, dismissed, nowMs, projectId, useHeld());
  useEffect(() => {
    if (shown.nextChangeAtMs === undefined) return;
    const dueAtMs = shown.nextChangeAtMs;
    // A timer may go off a little early, and is set only once.
    const timer = setTimeout(() => setNowMs(Math.max(dueAtMs, Date.now())), Math.max(0, dueAtMs - Date.now()));
    return () => clearTimeout(timer);
  }, [shown.nextChangeAtMs]);
  return shown;
}
