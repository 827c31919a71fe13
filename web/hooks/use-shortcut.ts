import { useEffect, useEffectEvent } from 'react';

/** Longest pause between the keys of a sequence. */
const SEQUENCE_MS = 1_000;

/**
 * Calls back on a key ("/", "?", "x") or a sequence ("g p"), but not while the user types in a field or a dialog is open.
 *
 * @param keys `KeyboardEvent.key` values, separated by spaces
 */
export function useShortcut(keys: string, callback: () => void, enabled = true): void {
  const run = useEffectEvent(callback);
  useEffect(() => {
    if (!enabled) return;
    const sequence = keys.split(' ');
    let pressed = 0;
    let lastMs = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
      if (isTextField(event.target) || document.querySelector('[data-scrim]')) return;
      if (event.timeStamp - lastMs > SEQUENCE_MS) pressed = 0;
      lastMs = event.timeStamp;
      pressed = event.key === sequence[pressed] ? pressed + 1 : event.key === sequence[0] ? 1 : 0;
      if (pressed < sequence.length) return;
      pressed = 0;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys, enabled]);
}

/** Calls back on a key with ⌘ or Ctrl, but not in a text field, where the browser has its own meaning for it, nor in a dialog. */
export function useModShortcut(key: string, callback: () => void, enabled = true): void {
  const run = useEffectEvent(callback);
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== key || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      if (event.repeat || isTextField(event.target) || document.querySelector('[data-scrim]')) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [key, enabled]);
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}
