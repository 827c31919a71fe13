import { LRUCache } from 'lru-cache';
import type { Tier } from '../../domain/tier.ts';
import type { Database } from '../../drizzle/database.ts';
import { openAccount, readAccountBySubject } from '../../drizzle/queries/accounts.ts';

/** An account that was erased or changed elsewhere is noticed within this. */
const KNOWN_MS = 60_000;
const KNOWN_MAX = 10_000;

interface Person {
  readonly subject: string;
  readonly tier: Tier;
  readonly name: string | null;
}

/** From the subject of a token to the opaque account that everything else uses. */
export interface Accounts {
  /** @returns the account's id; opened at the first visit, brought to the token's tier when that changed */
  open(person: Person): Promise<string>;
  /** The account of a user that a service speaks for, with the tier they last had; a new user's is free. */
  ofUser(subject: string): Promise<{ accountId: string; tier: Tier }>;
}

/** Remembers for {@link KNOWN_MS} whom it has seen, so that a request does not begin with a statement. */
export function createAccounts(database: Database): Accounts {
  const known = new LRUCache<string, Person & { readonly accountId: string }>({ max: KNOWN_MAX, ttl: KNOWN_MS });

  async function open(person: Person): Promise<string> {
    const seen = known.get(person.subject);
    if (seen?.tier === person.tier && seen.name === person.name) return seen.accountId;
    const { subject, tier, name } = person;
    const account = await openAccount(database, { subject, tier, ...(name !== null && { displayName: name }) });
    known.set(subject, { ...person, accountId: account.id });
    return account.id;
  }

  return {
    open,
    async ofUser(subject) {
      const seen = known.get(subject);
      if (seen) return { accountId: seen.accountId, tier: seen.tier };
      const account = await readAccountBySubject(database, subject);
      const tier = account?.tier ?? 'free';
      return { accountId: account?.id ?? (await open({ subject, tier, name: null })), tier };
    },
  };
}
