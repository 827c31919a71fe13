import { formatCount } from '#web/format/count.ts';
import type { Transfer } from './api/use-statement.ts';

export interface TransferText {
  readonly kind: string;
  /** With its sign: what it did to the credits that can be spent. */
  readonly moved: string;
  readonly tone: 'in' | 'out' | 'none';
}

const KINDS: Readonly<Record<Transfer['kind'], string>> = {
  topup: 'Added',
  reserve: 'Set aside',
  capture: 'Paid from what was set aside',
  release: 'Returned',
  refund: 'Refunded',
};
/** What is paid was set aside before: it moves nothing that could be spent. */
const SIGNS = { topup: 1, reserve: -1, capture: 0, release: 1, refund: 1 } as const;
const MINUS = '\u2212';

/** A line of the statement in words; the figures of all lines add up to what is left. */
export function describeTransfer({ kind, amount }: Pick<Transfer, 'kind' | 'amount'>): TransferText {
  const sign = SIGNS[kind];
  if (sign === 0) return { kind: KINDS[kind], moved: '0', tone: 'none' };
  const moved = `${sign < 0 ? MINUS : '+'}${formatCount(amount)}`;
  return { kind: KINDS[kind], moved, tone: sign < 0 ? 'out' : 'in' };
}
