import type { Location } from 'react-router';
import type { PageStorage } from '#web/browser/storage.ts';

const STORAGE_KEY = 'scroll-keys';

/** Dialogs with an address of their own belong to the view below them. */
const viewOf = ({ pathname }: Pick<Location, 'pathname'>) => pathname.replace(/(\/presets)\/.*|\/(new|upload)$/u, '$1');

/**
 * The key under which the router remembers how far a view is scrolled. Each visit has its own: Back and Forward find the view as it
 * was left, and a link opens it at the top, however often it was visited before. Within one visit, whose dialogs and filters change the
 * address, the key stays.
 *
 * @param storage of the tab: a reload must find the same key
 */
export function createScrollKey(storage: Pick<PageStorage, 'getItem' | 'setItem'>) {
  /** The visit of each history entry. */
  const visits = new Map<string, string>(JSON.parse(storage.getItem(STORAGE_KEY) ?? '[]') as [string, string][]);
  let current: { readonly view: string; readonly visit: string } | undefined;
  return (location: Pick<Location, 'key' | 'pathname'>): string => {
    const view = viewOf(location);
    // The first entry of every document has the same key.
    const entry = `${location.key} ${view}`;
    const known = visits.get(entry);
    const visit = known ?? (current?.view === view ? current.visit : entry);
    current = { view, visit };
    if (known === undefined) {
      visits.set(entry, visit);
      const continued = [...visits].filter(([first, of]) => first !== of);
      if (visit !== entry) storage.setItem(STORAGE_KEY, JSON.stringify(continued));
    }
    return visit;
  };
}
