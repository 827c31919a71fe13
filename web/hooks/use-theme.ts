import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

const KEY = 'theme';
const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function current(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return systemDark().matches ? 'dark' : 'light';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  systemDark().addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    systemDark().removeEventListener('change', listener);
  };
}

function choose(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is forbidden: the choice lasts for this page.
  }
  for (const listener of listeners) listener();
}

/** The theme in force and the switch to the other one. The system decides until somebody chooses. */
export function useTheme(): { theme: Theme; switchTheme: () => void } {
  const theme = useSyncExternalStore(subscribe, current);
  return { theme, switchTheme: () => choose(theme === 'dark' ? 'light' : 'dark') };
}
