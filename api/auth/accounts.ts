import { LRUCache } from 'lru-cache';
import type { Tier } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { isTokenCurrent, openAccount, readAccountBySubject } from '#drizzle/queries/accounts/accounts.ts';

/** An account that was erased or changed elsewhere is noticed within this. */
const KNOWN_MS = 60_000;
const KNOWN_MAX = 10_000;

interface User {
  readonly subject: string;
  readonly tier: Tier;
  readonly name: string | null;
  /** When their token was issued; undefined where a service speaks for them. */
  readonly issuedAt?: Date | undefined;
}

interface UsersAccount {
  readonly accountId: string;
  readonly tier: Tier;
}

/** From the subject of a token to the opaque account that everything else uses. */
export interface Accounts {
  /**
   * @returns the account's id; opened at the first visit, brought to the token's tier when that changed
   * @throws SignedInBeforeErasure
   */
  open(user: User): Promise<string>;
  /**
   * The account of a user that a service speaks for, with the tier they last had. An unknown user's is opened where `opens` says so,
   * and is free then; undefined otherwise.
   * @throws SignedInBeforeErasure when it would be opened for somebody who was erased
   */
  ofUser(subject: string, options: { readonly opens: true }): Promise<UsersAccount>;
  ofUser(subject: string, options: { readonly opens: boolean }): Promise<UsersAccount | undefined>;
  /** It was erased. */
  forget(accountId: string): void;
  /** Erasures may have gone unheard. */
  forgetAll(): void;
}

interface Known extends User {
  readonly accountId: string;
  readonly tokensFrom: Date | null;
}

/** Caches known accounts for {@link KNOWN_MS}, so that a request does not start with a statement. */
export function createAccounts(database: Database): Accounts {
  const known = new LRUCache<string, Known>({ max: KNOWN_MAX, ttl: KNOWN_MS });
  let forgotten = 0;

  async function open(user: User): Promise<string> {
    const seen = known.get(user.subject);
    const { subject, tier, name, issuedAt } = user;
    if (seen?.tier === tier && seen.name === name && isTokenCurrent(issuedAt, seen)) return seen.accountId;
    const before = forgotten;
    const account = await openAccount(database, { subject, tier, issuedAt, displayName: name ?? undefined });
    // What was read before an erasure was heard of may be what was erased.
    if (forgotten === before) known.set(subject, { ...user, accountId: account.id, tokensFrom: account.tokensFrom });
    return account.id;
  }

  async function ofUser(subject: string, options: { readonly opens: true }): Promise<UsersAccount>;
  async function ofUser(subject: string, options: { readonly opens: boolean }): Promise<UsersAccount | undefined>;
  async function ofUser(subject: string, { opens }: { readonly opens: boolean }) {
    const seen = known.get(subject);
    if (seen) return { accountId: seen.accountId, tier: seen.tier };
    const account = await readAccountBySubject(database, subject);
    if (account) return { accountId: account.id, tier: account.tier };
    return opens ? { accountId: await open({ subject, tier: 'free', name: null }), tier: 'free' as const } : undefined;
  }

  return {
    open,
    ofUser,
    forget(accountId) {
      forgotten += 1;
      for (const [subject, user] of known.entries()) if (user.accountId === accountId) known.delete(subject);
    },
    forgetAll() {
      forgotten += 1;
      known.clear();
    },
  };
}
