import { and, eq, isNull, type SQL } from '../../orm.ts';
import type { GenerationDefaults } from '#contract/profile.ts';
import {
  countedSignals,
  DEFAULT_STARTER_LIMITS,
  mayBeGranted,
  STARTER_CREDITS,
  type SignInSignals,
  type StarterLimits,
  type Withheld,
} from '#domain/account/starter-credits.ts';
import { windowStart } from '#domain/generation/limit-window.ts';
import { type AssignableTier, type Tier, TIER_RULES } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { accounts } from '#drizzle/schema/accounts.ts';
import { starterWithholdings as withholdings } from '#drizzle/schema/starter-credits.ts';
import { retrying, serverError } from '#drizzle/connection/transient.ts';

export interface Account {
  readonly id: string;
  /** The token's subject; null once erased. */
  readonly subject: string | null;
  readonly displayName: string | null;
  readonly tier: Tier;
  /** The tier that an admin has set; null: the tier follows the user's token. */
  readonly assignedTier: AssignableTier | null;
  /** Defaults of the user's generations. */
  readonly defaults: GenerationDefaults;
  /** Credits. `available` = posted - held. */
  readonly posted: number;
  readonly held: number;
  readonly available: number;
  readonly dailyLimit: number;
  /** Generations admitted on this UTC day. */
  readonly dailyUsed: number;
  /** Null: no limit. */
  readonly hourlyLimit: number | null;
  /** Generations admitted in this UTC hour. */
  readonly hourlyUsed: number;
  readonly unfinishedLimit: number;
  readonly unfinished: number;
  /** The account's starter credits; null when none are withheld. */
  readonly withheld: Withheld | null;
  readonly createdAt: Date;
  /** Tokens issued up to this time are refused: the subject was erased since. */
  readonly tokensFrom: Date | null;
  /** An admin has blocked it since. */
  readonly blockedAt: Date | null;
}

export interface User {
  readonly subject: string;
  readonly displayName?: string | undefined;
  readonly tier: Tier;
  /** When the user's token was issued; undefined for a caller without one, such as a service. */
  readonly issuedAt?: Date | undefined;
  /** Undefined when a service opens the account: its own address and device say nothing about the user. */
  readonly signals?: SignInSignals | undefined;
}

/** The subject was erased after the token was issued, or has not signed in since: only a new sign-in opens an account. */
export class SignedInBeforeErasure extends Error {
  override readonly name = 'SignedInBeforeErasure';
}

const ERASURE_CONSTRAINT = 'accounts_signed_in_before_erasure';

/**
 * Returns the user's account and updates its tier and limits; a tier that an admin has set stays. The first call opens it, with starter credits unless the subject had
 * them in an account that was erased, or its signals withhold them. A later call grants those once its signals allow it.
 * @throws SignedInBeforeErasure
 */
export async function openAccount(
  database: Database,
  user: User,
  starterLimits: StarterLimits = DEFAULT_STARTER_LIMITS,
): Promise<Account> {
  const known = await readAccountBySubject(database, user.subject);
  const sameName = user.displayName === undefined || user.displayName === known?.displayName;
  const tier = known?.assignedTier ?? user.tier;
  const limits = TIER_RULES[tier];
  const upToDate =
    known?.tier === tier &&
    known.dailyLimit === limits.dailyGenerations &&
    known.hourlyLimit === limits.hourlyGenerations &&
    known.unfinishedLimit === limits.unfinishedGenerations;
  const stays = known?.withheld && user.signals ? !mayBeGranted(known.withheld, user.signals, new Date()) : true;
  if (known && upToDate && sameName && stays && isTokenCurrent(user.issuedAt, known)) return known;
  const [opened] = await database
    .call<{ id: string }>('accounts.open', 'SELECT open_user_account($1, $2, $3, $4, $5, $6, $7, $8, $9) AS id', [
      user.subject,
      user.displayName ?? null,
      tier,
      limits.dailyGenerations,
      limits.hourlyGenerations,
      limits.unfinishedGenerations,
      user.issuedAt?.toISOString() ?? null,
      STARTER_CREDITS[tier],
      user.signals ? JSON.stringify(countedSignals(user.signals, starterLimits)) : null,
    ])
    .catch((error: unknown) => {
      if (serverError(error)?.constraint !== ERASURE_CONSTRAINT) throw error;
      throw new SignedInBeforeErasure('The subject was erased and has not signed in since', { cause: error });
    });
  const account = opened && (await readAccount(database, opened.id));
  if (!account) throw new Error('An account was deleted while it was being opened');
  return account;
}

/** The initial values of an account that is not opened yet: there is no row, and no credits were posted. */
export function unopenedAccount({ accountId, tier }: { readonly accountId: string; readonly tier: Tier }): Account {
  const { dailyGenerations, hourlyGenerations, unfinishedGenerations } = TIER_RULES[tier];
  return {
    id: accountId,
    subject: null,
    displayName: null,
    tier,
    assignedTier: null,
    defaults: {},
    posted: 0,
    held: 0,
    available: 0,
    dailyLimit: dailyGenerations,
    dailyUsed: 0,
    hourlyLimit: hourlyGenerations,
    hourlyUsed: 0,
    unfinishedLimit: unfinishedGenerations,
    unfinished: 0,
    withheld: null,
    createdAt: new Date(),
    tokensFrom: null,
    blockedAt: null,
  };
}

/** False for a token that was issued before the subject's erasure. */
export function isTokenCurrent(issuedAt: Date | undefined, { tokensFrom }: Pick<Account, 'tokensFrom'>): boolean {
  return issuedAt === undefined || tokensFrom === null || issuedAt > tokensFrom;
}

export async function readAccount(database: Database, id: string): Promise<Account | undefined> {
  return readOne(database, eq(accounts.id, id));
}

/** @param subject the token's subject */
export async function readAccountBySubject(database: Database, subject: string): Promise<Account | undefined> {
  return readOne(database, eq(accounts.subject, subject));
}

async function readOne(database: Database, condition: SQL): Promise<Account | undefined> {
  const [row] = await retrying(() =>
    database.db
      .select({ account: accounts, withheld: { reason: withholdings.reason, retryAt: withholdings.retryAt } })
      .from(accounts)
      .leftJoin(withholdings, eq(withholdings.accountId, accounts.id))
      .where(condition),
  );
  return row && toAccount(row.account, row.withheld);
}

/**
 * Blocks or unblocks an account; every API process forgets what it knows of it, and ends its event streams.
 * @returns since when it is blocked, null if it is not; undefined if it is erased or missing
 */
export async function setAccountBlock(
  database: Database,
  id: string,
  blocked: boolean,
): Promise<{ readonly blockedAt: Date | null } | undefined> {
  const [row] = await database.call<{ blockedAt: Date | null }>(
    'accounts.block',
    'SELECT blocked_at AS "blockedAt" FROM set_account_block($1, $2)',
    [id, blocked],
  );
  return row;
}

/**
 * Sets the tier of an account, with its limits, whatever its user's token says; null lets it follow the token again, from the next
 * request on. Every API process forgets what it knows of the account.
 * @returns the tier before; undefined if the account is erased, missing, or a service's
 */
export async function setAccountTier(
  database: Database,
  id: string,
  tier: AssignableTier | null,
): Promise<{ readonly from: Tier; readonly to: Tier } | undefined> {
  const limits = tier === null ? undefined : TIER_RULES[tier];
  const [row] = await database.call<{ from: Tier; to: Tier }>(
    'accounts.setTier',
    'SELECT before AS "from", after AS "to" FROM set_account_tier($1, $2, $3, $4, $5)',
    [
      id,
      tier,
      limits?.dailyGenerations ?? null,
      limits?.hourlyGenerations ?? null,
      limits?.unfinishedGenerations ?? null,
    ],
  );
  return row;
}

/** Updates the given fields. @returns undefined if the account is erased or missing */
export async function changeAccount(
  database: Database,
  id: string,
  { defaults }: { readonly defaults?: GenerationDefaults | undefined },
): Promise<Account | undefined> {
  if (defaults === undefined) return readAccount(database, id);
  const [row] = await retrying(() =>
    database.db
      .update(accounts)
      .set({ defaults })
      .where(and(eq(accounts.id, id), isNull(accounts.erasedAt)))
      .returning({ id: accounts.id }),
  );
  return row && readAccount(database, row.id);
}

function toAccount(row: typeof accounts.$inferSelect, withheld: Withheld | null): Account {
  const now = new Date();
  const today = now.toISOString().slice(0, 'YYYY-MM-DD'.length);
  return {
    id: row.id,
    subject: row.subject,
    displayName: row.displayName,
    tier: row.tier,
    assignedTier: row.assignedTier,
    defaults: row.defaults,
    posted: row.posted,
    held: row.held,
    available: row.posted - row.held,
    dailyLimit: row.dailyLimit,
    dailyUsed: row.day === today ? row.dayCount : 0,
    hourlyLimit: row.hourlyLimit,
    hourlyUsed: row.hour.getTime() === windowStart('hour', now).getTime() ? row.hourCount : 0,
    unfinishedLimit: row.unfinishedLimit,
    unfinished: row.unfinished,
    withheld,
    createdAt: row.createdAt,
    tokensFrom: row.tokensFrom,
    blockedAt: row.blockedAt,
  };
}
