import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'sonner/dist/styles.css';
import '../styles/app.css';
import { App } from './app.tsx';
import { reloadWhenStale } from './stale-page.ts';

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
reloadWhenStale();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
