import { describe, expect, it } from 'vitest';
import type { Transfer } from './api/use-statement.ts';
import { describeEntry, describeTransfer } from './describe-transfer.ts';
import { foldTransfers } from './fold-transfers.ts';

let count = 0;

function transfer(kind: Transfer['kind'], generationId: string | null, amount = 10): Transfer {
  count += 1;
  return {
    id: `transfer-${count}`,
    kind,
    amount,
    availableAfter: 0,
    generationId,
    reason: null,
    createdAt: '2026-11-23T08:00:00.000Z',
  };
}

/** Newest first, with the steps of the generations mixed. */
const TRANSFERS = [
  transfer('refund', 'refunded', 7),
  transfer('topup', null, 40),
  transfer('reserve', 'held', 8),
  transfer('release', 'cancelled'),
  transfer('capture', 'refunded', 7),
  transfer('capture', 'delivered'),
  transfer('reserve', 'refunded', 7),
  transfer('reserve', 'cancelled'),
  transfer('reserve', 'delivered'),
  transfer('topup', null, 100),
];

const numberOf = (moved: string) => Number(moved.replace('\u2212', '-'));
const sumOf = (texts: readonly string[]) => texts.reduce((sum, moved) => sum + numberOf(moved), 0);
const netOf = (transfers: readonly Transfer[]) => foldTransfers(transfers).map(({ latest }) => describeEntry(latest));

describe('the rows of a statement', () => {
  it('are one a generation and one a payment, each at its latest transfer', () => {
    expect(netOf(TRANSFERS).map(({ kind, moved }) => `${kind} ${moved}`)).toEqual([
      'Refunded 0',
      'Added +40',
      'Reserved \u22128',
      'Returned 0',
      'Charged \u221210',
      'Added +100',
    ]);
    expect(foldTransfers(TRANSFERS).map(({ steps }) => steps.length)).toEqual([3, 1, 1, 2, 2, 1]);
  });

  it('add up to the same credits as the transfers', () => {
    const steps = TRANSFERS.map((each) => describeTransfer(each).moved);
    expect(sumOf(netOf(TRANSFERS).map(({ moved }) => moved))).toBe(sumOf(steps));
  });

  it('have the same amounts on whatever page the transfers end, and only gain steps', () => {
    const whole = netOf(TRANSFERS);
    for (let loaded = 1; loaded <= TRANSFERS.length; loaded += 1) {
      const rows = netOf(TRANSFERS.slice(0, loaded));
      expect(rows).toEqual(whole.slice(0, rows.length));
    }
  });

  it('tell whether the first step of a generation is loaded', () => {
    const partly = foldTransfers(TRANSFERS.slice(0, 6));
    expect(partly.map(({ complete }) => complete)).toEqual([false, true, true, false, false]);
    expect(foldTransfers(TRANSFERS).every(({ complete }) => complete)).toBe(true);
  });

  it('stay the same row when a step is added', () => {
    const before = foldTransfers([transfer('reserve', 'a')]);
    const after = foldTransfers([transfer('capture', 'a'), transfer('reserve', 'a')]);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });
});
