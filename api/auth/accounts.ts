import { LRUCache } from 'lru-cache';
import type { SignInSignals, Withheld } from '#domain/account/starter-credits.ts';
import type { Tier } from '#domain/generation/tier.ts';
import { isTokenCurrent, type Account, type User as OpenedUser } from '#drizzle/queries/accounts/accounts.ts';
import { accountBlocked } from '../problem.ts';

/** An account that another process has erased or changed is read again after this at most. */
const CACHE_MS = 60_000;
const CACHE_MAX = 10_000;

interface User {
  readonly subject: string;
  readonly tier: Tier;
  readonly name: string | null;
  /** When the token was issued; undefined when a service acts for the user. */
  readonly issuedAt?: Date | undefined;
  /** Undefined when a service acts for the user, or for itself. */
  readonly signals?: SignInSignals | undefined;
}

interface UsersAccount {
  readonly accountId: string;
  readonly tier: Tier;
  readonly blocked: boolean;
}

interface OpenOptions {
  readonly acceptsBlocked: boolean;
}

/** Maps the subject of a token to the opaque account id that everything else uses. */
export interface Accounts {
  /**
   * The account is opened at the first sign-in. Its tier follows the token's, unless an admin has set one.
   * @param options.acceptsBlocked a blocked account is opened too
   * @throws SignedInBeforeErasure; ApiProblem account_blocked
   */
  open(user: User, options?: OpenOptions): Promise<Omit<UsersAccount, 'blocked'>>;
  /**
   * The account of a user that a service acts for, with its latest tier. With `opens`, an unknown user gets an account of the free tier;
   * without it, undefined is returned.
   * @throws SignedInBeforeErasure when an account would be opened for an erased user
   */
  ofUser(subject: string, options: { readonly opens: true }): Promise<UsersAccount>;
  ofUser(subject: string, options: { readonly opens: boolean }): Promise<UsersAccount | undefined>;
  /** Drops an erased account from the cache. */
  forget(accountId: string): void;
  /** Drops everything: notifications of erasures may have been lost. */
  forgetAll(): void;
}

/** The accounts in the database. */
export interface AccountStore {
  /** Opens the account at the first call. @throws SignedInBeforeErasure */
  open(user: OpenedUser): Promise<Pick<Account, 'id' | 'tier' | 'tokensFrom' | 'withheld' | 'blockedAt'>>;
  read(subject: string): Promise<Pick<Account, 'id' | 'tier' | 'blockedAt'> | undefined>;
}

interface CachedAccount extends User {
  readonly accountId: string;
  /** The token may say another one. */
  readonly accountTier: Tier;
  readonly tokensFrom: Date | null;
  readonly withheld: Withheld | null;
  readonly blocked: boolean;
}

/** Whether withheld starter credits may be granted now, although the account was looked at with the cached signals. */
function isGrantPossible({ withheld, signals: before }: CachedAccount, signals: SignInSignals | undefined): boolean {
  if (withheld === null || signals === undefined) return false;
  if (signals.verified) return before?.verified !== true || before.address !== signals.address;
  return withheld.retryAt !== null && withheld.retryAt <= new Date();
}

/** @throws ApiProblem account_blocked */
function opened(
  { accountId, accountTier, blocked }: CachedAccount,
  { acceptsBlocked }: OpenOptions,
): Omit<UsersAccount, 'blocked'> {
  if (blocked && !acceptsBlocked) throw accountBlocked();
  return { accountId, tier: accountTier };
}

/** Caches accounts for {@link CACHE_MS}, so that most requests need no statement for it. */
export function createAccounts(store: AccountStore): Accounts {
  const cache = new LRUCache<string, CachedAccount>({ max: CACHE_MAX, ttl: CACHE_MS });
  let drops = 0;

  async function open(
    user: User,
    options: OpenOptions = { acceptsBlocked: false },
  ): Promise<Omit<UsersAccount, 'blocked'>> {
    const cached = cache.get(user.subject);
    const { subject, tier, name, issuedAt, signals } = user;
    const isSame = cached?.tier === tier && cached.name === name && isTokenCurrent(issuedAt, cached);
    if (isSame && !isGrantPossible(cached, signals)) return opened(cached, options);
    const dropsBefore = drops;
    const displayName = name ?? undefined;
    const account = await store.open({ subject, tier, issuedAt, displayName, signals });
    // Not cached when an erasure was reported meanwhile: this may be the erased account.
    const { id: accountId, tier: accountTier, tokensFrom, withheld, blockedAt } = account;
    const read = { ...user, accountId, accountTier, tokensFrom, withheld, blocked: blockedAt !== null };
    if (drops === dropsBefore) cache.set(subject, read);
    return opened(read, options);
  }

  async function ofUser(subject: string, options: { readonly opens: true }): Promise<UsersAccount>;
  async function ofUser(subject: string, options: { readonly opens: boolean }): Promise<UsersAccount | undefined>;
  async function ofUser(subject: string, { opens }: { readonly opens: boolean }) {
    const cached = cache.get(subject);
    if (cached) return { accountId: cached.accountId, tier: cached.accountTier, blocked: cached.blocked };
    const account = await store.read(subject);
    if (account) return { accountId: account.id, tier: account.tier, blocked: account.blockedAt !== null };
    if (!opens) return undefined;
    return { ...(await open({ subject, tier: 'free', name: null })), blocked: false };
  }

  return {
    open,
    ofUser,
    forget(accountId) {
      drops += 1;
      for (const [subject, user] of cache.entries()) if (user.accountId === accountId) cache.delete(subject);
    },
    forgetAll() {
      drops += 1;
      cache.clear();
    },
  };
}
