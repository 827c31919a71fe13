import { useEffect, useEffectEvent } from 'react';

/** Calls back when the browser shows the page again as it was left, from its back-forward cache, instead of loading it. */
export function useRestored(callback: () => void): void {
  const onShow = useEffectEvent((event: PageTransitionEvent) => {
    if (event.persisted) callback();
  });
  useEffect(() => {
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, []);
}
