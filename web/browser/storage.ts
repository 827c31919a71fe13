/**
 * The browser's storage, or this page's memory where the browser blocks it, or it is full: what is stored then lasts until the page is
 * closed. No method throws.
 */
export interface PageStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  keys(): readonly string[];
  /** Whether values outlast the page. */
  isLasting(): boolean;
}

/** Of this tab; other tabs don't see it. */
export const tabStorage = createPageStorage(() => window.sessionStorage);
/** Of this browser. */
export const browserStorage = createPageStorage(() => window.localStorage);

const PROBE = 'probe';

/** @param open gives the browser's storage; may throw */
export function createPageStorage(open: () => Storage): PageStorage {
  /** What the browser did not store. Null: removed here, although the browser may still have it. */
  const memory = new Map<string, string | null>();
  function attempt<Result>(act: (storage: Storage) => Result, otherwise: Result): Result {
    try {
      return act(open());
    } catch {
      return otherwise;
    }
  }
  const write = (storage: Storage, key: string, value: string) => {
    storage.setItem(key, value);
    return true;
  };
  return {
    getItem: (key) => memory.get(key) ?? (memory.has(key) ? null : attempt((storage) => storage.getItem(key), null)),
    setItem(key, value) {
      if (attempt((storage) => write(storage, key, value), false)) return void memory.delete(key);
      memory.set(key, value);
      // After a reload, no value is better than an old one.
      attempt((storage) => storage.removeItem(key), undefined);
    },
    removeItem(key) {
      const removed = attempt((storage) => {
        storage.removeItem(key);
        return true;
      }, false);
      if (removed) memory.delete(key);
      else memory.set(key, null);
    },
    keys() {
      const stored = attempt((storage) => Object.keys(storage), []);
      return [...new Set([...stored, ...memory.keys()])].filter((key) => memory.get(key) !== null);
    },
    isLasting: () =>
      attempt((storage) => {
        write(storage, PROBE, PROBE);
        storage.removeItem(PROBE);
        return true;
      }, false),
  };
}
