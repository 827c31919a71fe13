import { formatCount } from '#web/format/count.ts';
import type { Transfer } from './api/use-statement.ts';

export interface TransferText {
  readonly kind: string;
  /** Signed change of the available credits. */
  readonly moved: string;
  readonly tone: 'in' | 'out' | 'none';
}

type Sign = -1 | 0 | 1;
interface KindText {
  readonly label: string;
  /** How the transfer alone changes the available credits. A capture was reserved before, so it does not. */
  readonly step: Sign;
  /** How a generation whose latest transfer this is has changed them, from its first transfer on. */
  readonly net: Sign;
}

const KINDS: Readonly<Record<Transfer['kind'], KindText>> = {
  topup: { label: 'Added', step: 1, net: 1 },
  reserve: { label: 'Reserved', step: -1, net: -1 },
  capture: { label: 'Charged', step: 0, net: -1 },
  release: { label: 'Returned', step: 1, net: 0 },
  refund: { label: 'Refunded', step: 1, net: 0 },
};
const TONES = { '-1': 'out', '0': 'none', '1': 'in' } as const;
const MINUS = '\u2212';

type Moved = Pick<Transfer, 'kind' | 'amount'>;

/** A transfer as text; the amounts of all transfers add up to the available credits. */
export function describeTransfer({ kind, amount }: Moved): TransferText {
  return textOf(kind, KINDS[kind].step, amount);
}

/** A generation, or a payment, as text by its latest transfer; the amounts of all of them add up to the available credits. */
export function describeEntry({ kind, amount }: Moved): TransferText {
  return textOf(kind, KINDS[kind].net, amount);
}

function textOf(kind: Transfer['kind'], sign: Sign, amount: number): TransferText {
  const moved = sign === 0 ? '0' : `${sign < 0 ? MINUS : '+'}${formatCount(amount)}`;
  return { kind: KINDS[kind].label, moved, tone: TONES[sign] };
}
