/** Credits that one grant of an admin may add: a busy day of the highest tier. Against typing errors. */
export const GRANT_MAX = 10_000;

/** Begins the reference of an admin's grant in the ledger. References of payments may not. */
export const GRANT_PREFIX = 'grant:';

/** Reference of a grant in the ledger: it is posted once, across all accounts. */
export function grantReference(grantId: string): string {
  return GRANT_PREFIX + grantId;
}

/** Whether a top-up has the reference of a grant. */
export function isGrant(reference: string): boolean {
  return reference.startsWith(GRANT_PREFIX);
}
