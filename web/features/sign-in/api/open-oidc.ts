import { ErrorTimeout, InMemoryWebStorage, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { subjectOf } from '#web/auth/token-subject.ts';
import type { PageStorage } from '#web/browser/storage.ts';
import type { SessionProvider } from '#web/auth/session.ts';
import type { TokenStore } from '#web/auth/token-store.ts';
import type { Oidc } from '../oidc.ts';
import { SignInFailed } from '../sign-in-failed.ts';
import { signedInBefore } from '../signed-in-before.ts';
import { toSignInFailed, needsInteraction } from './to-sign-in-failed.ts';
import { type OidcSettings, oidcClientSettings } from './oidc-client-settings.ts';

const SECOND_MS = 1_000;
/** A token is renewed this long before it expires, or after half its lifetime when that is shorter, s. */
const RENEW_BEFORE_S = 60;
/** Key prefix in the tab's storage for the state of a pending sign-in. */
const PENDING_PREFIX = 'sign-in.';
/** Key of the path that the user wanted, in case the provider's response turns out to be useless. */
const WANTED_KEY = 'sign-in-for';
/** The longest delay that setTimeout supports, ms. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export interface OidcDeps {
  readonly settings: OidcSettings;
  readonly tokens: TokenStore;
  /** Session storage: holds the state of a pending sign-in, never a token. */
  readonly tab: PageStorage;
  readonly location: Pick<Location, 'origin' | 'assign'>;
  readonly page: Pick<Window, 'addEventListener'>;
  /** Notifies other tabs of a sign-out. */
  readonly tabs: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  /** Whether the API accepts the token. */
  readonly isAccepted: (token: string) => Promise<boolean>;
}

/** Signs users in with authorization code and PKCE, and renews their tokens. Tokens are only in this tab's memory. */
export function openOidc({
  settings,
  tokens,
  tab,
  location,
  page,
  tabs,
  isAccepted,
}: OidcDeps): Oidc & SessionProvider {
  const manager = new UserManager({
    ...oidcClientSettings(settings, location.origin),
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: indexed(tab), prefix: PENDING_PREFIX }),
  });
  const before = signedInBefore(tab);
  let renewal: ReturnType<typeof setTimeout> | undefined;
  let silent: Promise<User | null> | undefined;
  let popup: AbortController | undefined;
  let leaving = false;

  /** One renewal at a time, because a refresh token may be single-use. */
  function silently(): Promise<User | null> {
    silent ??= manager.signinSilent().finally(() => {
      silent = undefined;
    });
    return silent;
  }

  manager.events.addUserLoaded(({ access_token: token, expires_in: lifeS = 0 }) => {
    before.set();
    tokens.set({ token, expiresAtMs: Date.now() + lifeS * SECOND_MS, provider: oidc });
    clearTimeout(renewal);
    if (lifeS <= 0) return;
    const inMs = Math.max(lifeS - RENEW_BEFORE_S, lifeS / 2) * SECOND_MS;
    // A failure is retried when the next request is refused.
    renewal = setTimeout(() => void silently().catch(() => undefined), Math.min(inMs, MAX_TIMEOUT_MS));
  });
  tabs.addEventListener('message', ({ data }) => {
    const session = tokens.current();
    if (session?.provider && data === subjectOf(session.token)) leave('/signed-out');
  });

  /** Removes the state of this sign-in and of abandoned ones. */
  function clearPending(): void {
    for (const key of tab.keys()) if (key.startsWith(PENDING_PREFIX)) tab.removeItem(key);
  }

  function leave(path: string): void {
    leaving = true;
    before.forget();
    location.assign(path);
  }

  // The Back button shows the page as it was left, with the token in its memory.
  page.addEventListener('pageshow', ({ persisted }) => {
    if (persisted && leaving) leave('/signed-out');
  });

  const oidc: Oidc & SessionProvider = {
    host: new URL(settings.issuer).host,
    async signInSilently() {
      if (leaving) return false;
      requireSecureContext();
      try {
        await manager.metadataService.getMetadata();
        return (await silently()) !== null;
      } catch (error) {
        // Some providers respond to a hidden frame with a page that never reports back.
        if (needsInteraction(error) || (error instanceof ErrorTimeout && /frame/iu.test(error.message))) return false;
        throw toSignInFailed(error);
      }
    },
    async signIn(next) {
      before.forget();
      requireSecureContext();
      if (!tab.isLasting()) throw new SignInFailed('no_site_data');
      tab.setItem(WANTED_KEY, next);
      await manager.signinRedirect({ state: next }).catch(fail);
    },
    async finish(url) {
      const user = await manager.signinRedirectCallback(url).catch(fail);
      clearPending();
      if (await isAccepted(user.access_token)) return typeof user.state === 'string' ? user.state : '/';
      clearTimeout(renewal);
      before.forget();
      await manager.removeUser();
      tokens.clear();
      throw new SignInFailed('refused');
    },
    wantedPath: () => tab.getItem(WANTED_KEY) ?? '/projects',
    async renew() {
      // Renewing while leaving would open an erased account again.
      if (leaving) return undefined;
      try {
        return (await silently())?.access_token;
      } catch (error) {
        if (needsInteraction(error)) return undefined;
        throw toSignInFailed(error);
      }
    },
    async signInAgain() {
      popup?.abort();
      popup = new AbortController();
      await manager.signinPopup({ popupSignal: popup.signal }).catch(fail);
    },
    async signOut() {
      leaving = true;
      clearTimeout(renewal);
      before.forget();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; this reaches one origin only
      tabs.postMessage(subjectOf(tokens.current()?.token ?? ''));
      // Some providers have no sign-out endpoint.
      await manager.signoutRedirect().catch(() => leave('/signed-out?still'));
    },
  };
  return oidc;
}

/** As the library reads it. */
function indexed(storage: PageStorage) {
  return {
    ...storage,
    get length() {
      return storage.keys().length;
    },
    key: (index: number) => storage.keys()[index] ?? null,
    clear: () => storage.keys().forEach((key) => storage.removeItem(key)),
  };
}

/** Browsers have no cryptography elsewhere. @throws SignInFailed */
function requireSecureContext(): void {
  if (!globalThis.isSecureContext) throw new SignInFailed('insecure');
}

function fail(error: unknown): never {
  throw toSignInFailed(error);
}
