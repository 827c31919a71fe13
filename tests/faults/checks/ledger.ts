import { audit } from '#drizzle/ledger/audit.ts';
import type { Check } from './check.ts';

/** The audit's query for every state that must never occur. */
export const auditIsEmpty: Check = async ({ studio }) => {
  const violations = await audit(studio.database);
  return violations.map(({ violation, id }) => `${violation}: ${id}`);
};

/** Nothing is held once everything is final. */
export const nothingIsHeld: Check = async ({ studio }) => {
  const rows = await studio.database.call<{ id: string; held: string; unfinished: number }>(
    'faults.held',
    'SELECT id, held, unfinished FROM accounts WHERE held <> 0 OR unfinished <> 0',
    [],
  );
  return rows.map(({ id, held, unfinished }) => `account ${id} holds ${held} credits for ${unfinished} generations`);
};

/** Every generation that users were promised is final, and so is all else that follows from one. */
export const everythingIsFinal: Check = async ({ remaining }) =>
  Object.entries(remaining).map(([what, count]) => `${count} × ${what} did not end in time`);
