import { useEffect, useEffectEvent } from 'react';

/** Calls back on ⌘⏎ (Apple) or Ctrl+Enter anywhere on the page while enabled. */
export function useModEnter(callback: () => void, enabled = true): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.repeat) return;
    if (!(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    callback();
  });
  useEffect(() => {
    if (!enabled) return;
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled]);
}
