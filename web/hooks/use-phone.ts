import { useSyncExternalStore } from 'react';

/** Below the first breakpoint of the layout (`sm`). */
const PHONE = '(max-width: 639px)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether the screen is phone-sized. For differences in content; differences in size belong in CSS. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(PHONE).matches);
}
