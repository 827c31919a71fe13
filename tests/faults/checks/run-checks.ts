import { acceptedIsKnown, pagesSawTheEnd } from './answers.ts';
import { nothingIsBoughtTwice } from './bill.ts';
import type { Check, Evidence, Finding } from './check.ts';
import { cardsAgreeWithLedger, webhooksAgreeWithLedger } from './followers.ts';
import { auditIsEmpty, everythingIsFinal, nothingIsHeld } from './ledger.ts';
import { deliveredIsStored, noObjectIsOrphaned } from './objects.ts';

/** Every promise, by the sentence that names it in docs/reliability.md. */
export const CHECKS = {
  'the audit of the ledger is empty': auditIsEmpty,
  'every accepted generation is final': everythingIsFinal,
  'no credits are left on hold': nothingIsHeld,
  'charged, delivered and stored are the same, byte for byte': deliveredIsStored,
  'no object is orphaned': noObjectIsOrphaned,
  'no image is bought twice': nothingIsBoughtTwice,
  'every accepted id is known after a restart': acceptedIsKnown,
  'every open page saw every final state': pagesSawTheEnd,
  'cards and notifications agree with the ledger': cardsAgreeWithLedger,
  'webhooks agree with the ledger': webhooksAgreeWithLedger,
} as const satisfies Record<string, Check>;

export async function runChecks(evidence: Evidence): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [check, run] of Object.entries<Check>(CHECKS)) {
    for (const what of await run(evidence)) findings.push({ check, what });
  }
  return findings;
}
