import type { PageStorage } from '#web/browser/storage.ts';

const KEY = 'signed-in-before';

/** Whether a user was signed in at the identity provider in this tab. Stores a flag only: no token, no name. */
export interface SignedInBefore {
  get(): boolean;
  set(): void;
  forget(): void;
}

export function signedInBefore(tab: PageStorage): SignedInBefore {
  return {
    get: () => tab.getItem(KEY) !== null,
    set: () => tab.setItem(KEY, 'yes'),
    forget: () => tab.removeItem(KEY),
  };
}
