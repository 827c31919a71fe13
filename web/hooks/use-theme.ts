import { useSyncExternalStore } from 'react';
import { browserStorage } from '../browser/storage.ts';

export type Theme = 'light' | 'dark';
/** `system` follows the operating system. */
export type ThemeChoice = Theme | 'system';

const KEY = 'theme';
const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function chosen(): ThemeChoice {
  const choice = document.documentElement.dataset['theme'];
  return choice === 'light' || choice === 'dark' ? choice : 'system';
}

function current(): Theme {
  const choice = chosen();
  if (choice !== 'system') return choice;
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

function choose(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
  if (choice === 'system') browserStorage.removeItem(KEY);
  else browserStorage.setItem(KEY, choice);
  for (const listener of listeners) listener();
}

/** The active theme, and a function that switches to the other one. Follows the system until the user chooses. */
export function useTheme(): { theme: Theme; switchTheme: () => void } {
  const theme = useSyncExternalStore(subscribe, current);
  return { theme, switchTheme: () => choose(theme === 'dark' ? 'light' : 'dark') };
}

/** The user's choice, and a function to change it. */
export function useThemeChoice(): { choice: ThemeChoice; choose: (choice: ThemeChoice) => void } {
  return { choice: useSyncExternalStore(subscribe, chosen), choose };
}
