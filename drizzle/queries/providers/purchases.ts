import type { Database } from '#drizzle/connection/database.ts';
import type { Attempt } from '../generations/attempts.ts';
import { slotTimes, type CreateRate } from './provider-limits.ts';

/** Budgets in US dollars a day; undefined: unlimited. */
export interface Bounds {
  readonly totalUsd?: number | undefined;
  readonly ownUsd?: number | undefined;
}

/** What a paid call may cost, and how often one may be sent. */
export interface PurchaseTerms {
  /** Expected cost, US dollars; null for a free provider. The actual cost replaces it when the attempt is closed. */
  readonly costUsd: number | null;
  readonly bounds: Bounds;
  /** Null for a provider without a limit. */
  readonly rate: Omit<CreateRate, 'provider'> | null;
}

export interface Purchase extends PurchaseTerms {
  /** As read by this run: of two concurrent runs, only one may call. */
  readonly attempt: Pick<Attempt, 'id' | 'state'>;
}

export type PurchaseOutcome =
  /** Call now: the attempt is `submitting`. A later run that finds it so must assume that the provider may have accepted it. */
  | { readonly kind: 'submitting' }
  /** The call's slot lies ahead: wait, mark the attempt as `submitting`, then call. */
  | { readonly kind: 'wait'; readonly waitMs: number }
  /** Too many calls wait already: try again after `retryAfterMs`. */
  | { readonly kind: 'crowded'; readonly retryAfterMs: number }
  /** The cost would exceed a budget. */
  | { readonly kind: 'over_budget' }
  /** Another run was first, or a cancel was requested. */
  | { readonly kind: 'taken' };

/** Without a change: why the call is not permitted, or not yet. */
export type Objection =
  /** By an admin. */
  | { readonly kind: 'switched_off' }
  /** The circuit of provider or model is open or half-open: call only as its probe. */
  | { readonly kind: 'circuit_open' };

/** The same as {@link beginPurchase} where provider and model are in service, in one statement. */
export async function beginPermittedPurchase(
  database: Database,
  purchase: Purchase,
): Promise<PurchaseOutcome | Objection> {
  return begin(database, 'begin_permitted_purchase', purchase);
}

/**
 * The last step before the paid call, in one transaction: counts the expected cost against today's (UTC) budgets, acquires a slot of the
 * provider's rate limiter, which all workers share, and marks the attempt. Unless it returns `submitting`, do not call. A retry after a
 * lost reply, or a caller that dies, wastes one slot and no money.
 */
export async function beginPurchase(database: Database, purchase: Purchase): Promise<PurchaseOutcome> {
  return (await begin(database, 'begin_purchase', purchase)) as PurchaseOutcome;
}

async function begin(
  database: Database,
  sqlFunction: 'begin_purchase' | 'begin_permitted_purchase',
  { attempt, ...terms }: Purchase,
): Promise<PurchaseOutcome | Objection> {
  const [row] = await database.call<OutcomeRow>(
    sqlFunction === 'begin_purchase' ? 'attempts.probe' : 'attempts.purchase',
    `SELECT outcome, wait_ms FROM ${sqlFunction}($1, $2, $3, $4, $5, $6, $7, $8)`,
    [attempt.id, attempt.state, ...termValues(terms)],
  );
  if (row === undefined) throw new Error(`${sqlFunction} returned nothing`);
  return purchaseOutcome(row);
}

/** The last parameters of the database's functions. */
export function termValues({ costUsd, bounds, rate }: PurchaseTerms): (number | null)[] {
  const { intervalMs, toleranceMs } = rate ? slotTimes(rate) : { intervalMs: null, toleranceMs: null };
  const limits = [costUsd, bounds.totalUsd ?? null, bounds.ownUsd ?? null];
  return [...limits, intervalMs, toleranceMs, rate?.maxWaitMs ?? null];
}

export interface OutcomeRow {
  readonly outcome: (PurchaseOutcome | Objection)['kind'];
  readonly wait_ms: number;
}

export function purchaseOutcome({ outcome: kind, wait_ms: ms }: OutcomeRow): PurchaseOutcome | Objection {
  if (kind === 'wait') return { kind, waitMs: ms };
  return kind === 'crowded' ? { kind, retryAfterMs: ms } : { kind };
}
