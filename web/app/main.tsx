import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'sonner/dist/styles.css';
import '../styles/app.css';
import { App } from './app.tsx';

const RELOADED_AT_KEY = 'reloaded-at';
/** Reloading more often could become a loop. */
const RELOAD_INTERVAL_MS = 60_000;

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
reloadWhenStale();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

/** Reloads a page that was opened before a deployment and can no longer load its remaining chunks. At most once per interval. */
function reloadWhenStale(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(RELOADED_AT_KEY) ?? 0);
    if (Date.now() - last < RELOAD_INTERVAL_MS) return;
    sessionStorage.setItem(RELOADED_AT_KEY, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
