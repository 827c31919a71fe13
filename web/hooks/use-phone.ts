import { useSyncExternalStore } from 'react';

/** Below the first breakpoint of the layout (`sm`). */
const PHONE = '(max-width: 639px)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** For what differs in content and not only in measure; the rest is CSS. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(PHONE).matches);
}
