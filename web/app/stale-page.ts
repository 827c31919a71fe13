const KEY = 'reloaded-at';
/** Reloading again sooner would be a loop, not a cure. */
const ONCE_IN_MS = 60_000;

/** A page opened before a new version was put up can't find the parts it has not loaded yet: it loads itself anew, once. */
export function reloadWhenStale(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < ONCE_IN_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
