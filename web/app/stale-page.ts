const KEY = 'reloaded-at';
/** Reloading more often could become a loop. */
const RELOAD_INTERVAL_MS = 60_000;

/** Reloads a page that was opened before a deployment and can no longer load its remaining chunks. At most once per interval. */
export function reloadWhenStale(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < RELOAD_INTERVAL_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
