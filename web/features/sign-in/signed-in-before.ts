const KEY = 'signed-in-before';

/** Whether this tab had somebody signed in at the identity provider. It says so and nothing more: no token, no name. */
export interface SignedInBefore {
  get(): boolean;
  set(): void;
  forget(): void;
}

export function signedInBefore(tab: Storage): SignedInBefore {
  return {
    get: () => tab.getItem(KEY) !== null,
    set: () => tab.setItem(KEY, 'yes'),
    forget: () => tab.removeItem(KEY),
  };
}
