import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'sonner/dist/styles.css';
import '../styles/app.css';
import { hideInputMethodKeys } from '../browser/input-method.ts';
import { allowPageTranslation } from '../browser/page-translation.ts';
import { validateWithoutEval } from '../browser/without-eval.ts';
import { App } from './app.tsx';
import { reloadWhenStale } from './load-failure.ts';

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
reloadWhenStale();
hideInputMethodKeys();
allowPageTranslation();
validateWithoutEval();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
