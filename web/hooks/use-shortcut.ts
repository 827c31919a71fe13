import { useEffect, useEffectEvent } from 'react';

/** The second key of a sequence must follow within this. */
const SEQUENCE_MS = 1_000;

/**
 * Calls back on plain keys ("/", "?", "x") and on two in a row ("g p"), but not while somebody writes or a dialog is open.
 *
 * @param keys what to press, as a keyboard names it; keys of a sequence parted by a blank
 */
export function useShortcut(keys: string, callback: () => void, enabled = true): void {
  const run = useEffectEvent(callback);
  useEffect(() => {
    if (!enabled) return;
    const wanted = keys.split(' ');
    let pressed = 0;
    let lastMs = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || event.repeat) return;
      if (isWriting(event.target) || document.querySelector('[data-scrim]')) return;
      if (event.timeStamp - lastMs > SEQUENCE_MS) pressed = 0;
      lastMs = event.timeStamp;
      pressed = event.key === wanted[pressed] ? pressed + 1 : event.key === wanted[0] ? 1 : 0;
      if (pressed < wanted.length) return;
      pressed = 0;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys, enabled]);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}
