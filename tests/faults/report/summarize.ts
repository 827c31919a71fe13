import type { FaultRun } from '../run-faults.ts';

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** The figures of a run, one phrase each. */
export function summarize({ effects, accepted, statuses, bill, providerFaults, findings, loadMs }: FaultRun): string[] {
  const kinds = [...effects].map(([kind, { injected, effects: count }]) => `${kind} ${injected}/${count}`);
  return [
    `${accepted} generations accepted in ${Math.round(loadMs / 1_000)} s`,
    `final: ${Object.entries(statuses)
      .map(([status, count]) => `${count} ${status}`)
      .join(', ')}`,
    `${bill.paid} images paid (${JSON.stringify(bill.paidBy)}), ${bill.repeated.length} bought twice, ${bill.givenUp} after giving up a provider, ${bill.windowed} at Hugging Face`,
    `${sum(providerFaults)} provider faults`,
    `faults injected/effects: ${kinds.join(', ')}`,
    `${findings.length} broken promises`,
  ];
}
