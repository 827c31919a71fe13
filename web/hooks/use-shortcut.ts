import { useEffect, useEffectEvent } from 'react';

/** Longest pause between the keys of a sequence. */
const SEQUENCE_MS = 1_000;

/**
 * Calls back on a key ("/", "?", "x") or a sequence ("g p"), but not while the user is in a field or menu, or a dialog is open.
 *
 * @param keys `KeyboardEvent.key` values, separated by spaces; a list holds alternatives of one key each
 */
export function useShortcut(keys: string | readonly string[], callback: (key: string) => void, enabled = true): void {
  const run = useEffectEvent(callback);
  useEffect(() => {
    if (!enabled) return;
    const sequence = typeof keys === 'string' ? keys.split(' ').map((key) => [key]) : [keys];
    let pressed = 0;
    let lastMs = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
      if (hasOwnKeys(event.target) || document.querySelector('[data-scrim]')) return;
      if (event.timeStamp - lastMs > SEQUENCE_MS) pressed = 0;
      lastMs = event.timeStamp;
      pressed = sequence[pressed]?.includes(event.key) ? pressed + 1 : sequence[0]?.includes(event.key) ? 1 : 0;
      if (pressed < sequence.length) return;
      pressed = 0;
      event.preventDefault();
      run(event.key);
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
      if (event.repeat || hasOwnKeys(event.target) || document.querySelector('[data-scrim]')) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [key, enabled]);
}

/** Text fields; and menus and lists, where a letter is the start of an item's name and Escape closes them. */
const OWN_KEYS = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"]';

function hasOwnKeys(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(OWN_KEYS) !== null;
}
