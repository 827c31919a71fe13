import { useSyncExternalStore } from 'react';
import { browserStorage } from '../browser/storage.ts';

/** How large galleries show their images. `public/theme.js` applies it before the page is drawn. */
export type Density = 'comfortable' | 'compact';

const KEY = 'density';
const listeners = new Set<() => void>();

function current(): Density {
  return document.documentElement.dataset['density'] === 'compact' ? 'compact' : 'comfortable';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function choose(density: Density): void {
  if (density === 'compact') {
    document.documentElement.dataset['density'] = density;
    browserStorage.setItem(KEY, density);
  } else {
    delete document.documentElement.dataset['density'];
    browserStorage.removeItem(KEY);
  }
  for (const listener of listeners) listener();
}

/** The density of this device, and a function to change it. */
export function useDensity(): { density: Density; choose: (density: Density) => void } {
  return { density: useSyncExternalStore(subscribe, current), choose };
}
