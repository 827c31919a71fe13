import type { Tier } from '../generation/tier.ts';

/** Credits that a new account starts with, once per user. */
export const STARTER_CREDITS: Readonly<Record<Tier, number>> = { free: 100, plus: 500, pro: 1000, service: 0 };

/** Reserved reference of this top-up in the ledger, unique per account. */
export const STARTER_REFERENCE = 'starter';
