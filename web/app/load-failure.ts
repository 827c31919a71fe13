/** A page loaded again this recently would only fail again. */
const RELOAD_INTERVAL_MS = 60_000;
const PROBE_TIMEOUT_MS = 5_000;
/** Of the web server, which the files come from. */
const PROBE_PATH = '/healthz';

const failures = new WeakSet<Error>();

/**
 * Reloads a page that was opened before a deployment and can no longer load its remaining files. Not while the web server can't be
 * reached: the browser's error page would take the place of this one, which says what is wrong.
 */
export function reloadWhenStale(): void {
  window.addEventListener('vite:preloadError', ({ payload }) => {
    failures.add(payload);
    if (!wasJustReloaded()) void reloadWhenReachable();
  });
}

/** Whether a part of the page could not be loaded, in contrast to a fault in it. */
export function isLoadFailure(error: unknown): boolean {
  return error instanceof Error && failures.has(error);
}

/** @returns false when the web server can't be reached; else the page is reloaded */
export async function reloadWhenReachable(): Promise<boolean> {
  const reachable =
    navigator.onLine &&
    (await fetch(PROBE_PATH, { cache: 'no-store', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
      ({ ok }) => ok,
      () => false,
    ));
  if (reachable) window.location.reload();
  return reachable;
}

/** Without the storage, which may be blocked: another reload could become a loop. */
function wasJustReloaded(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload' && performance.now() < RELOAD_INTERVAL_MS;
}
