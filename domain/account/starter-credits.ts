import type { Tier } from '../generation/tier.ts';

/** What a person finds on the balance of a new account, once. */
export const STARTER_CREDITS: Readonly<Record<Tier, number>> = { free: 100, plus: 500, pro: 1000, service: 0 };

/** What their top-up is called in the ledger: once per account, and nobody else may use it. */
export const STARTER_REFERENCE = 'starter';
