import { formatCount } from '#web/format/count.ts';
import type { Transfer } from './api/use-statement.ts';

export interface TransferText {
  readonly kind: string;
  /** Signed change of the available credits. */
  readonly moved: string;
  readonly tone: 'in' | 'out' | 'none';
}

const KINDS: Readonly<Record<Transfer['kind'], string>> = {
  topup: 'Added',
  reserve: 'Reserved',
  capture: 'Charged',
  release: 'Returned',
  refund: 'Refunded',
};
/** A capture was reserved before, so it does not change the available credits. */
const SIGNS = { topup: 1, reserve: -1, capture: 0, release: 1, refund: 1 } as const;
const MINUS = '\u2212';

/** A transfer as text; the amounts of all transfers add up to the available credits. */
export function describeTransfer({ kind, amount }: Pick<Transfer, 'kind' | 'amount'>): TransferText {
  const sign = SIGNS[kind];
  if (sign === 0) return { kind: KINDS[kind], moved: '0', tone: 'none' };
  const moved = `${sign < 0 ? MINUS : '+'}${formatCount(amount)}`;
  return { kind: KINDS[kind], moved, tone: sign < 0 ? 'out' : 'in' };
}
