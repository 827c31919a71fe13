/** A minimal in-memory model of the ledger, for the property tests. */
export class LedgerModel {
  posted: number;
  strangerPosted = 0;
  held = 0;
  unfinished = 0;
  dayCount = 0;
  readonly dailyLimit: number;
  readonly unfinishedLimit: number;
  readonly topups = new Map<number, Payment>();
  readonly requests: ModelGeneration[] = [];

  constructor(start: { posted: number; dailyLimit: number; unfinishedLimit: number }) {
    this.posted = start.posted;
    this.dailyLimit = start.dailyLimit;
    this.unfinishedLimit = start.unfinishedLimit;
  }

  /** A copy that shares nothing with this one. */
  clone(): LedgerModel {
    const copy = new LedgerModel(this);
    const { strangerPosted, held, unfinished, dayCount } = this;
    Object.assign(copy, { strangerPosted, held, unfinished, dayCount });
    for (const [reference, payment] of this.topups) copy.topups.set(reference, payment);
    copy.requests.push(...this.requests.map((request) => ({ ...request })));
    return copy;
  }

  topup({ reference, stranger, amount }: Payment): string {
    const known = this.topups.get(reference);
    if (known) return known.amount === amount && known.stranger === stranger ? 'posted' : 'conflict';
    this.topups.set(reference, { reference, stranger, amount });
    if (stranger) this.strangerPosted += amount;
    else this.posted += amount;
    return 'posted';
  }

  reserve(input: ModelGeneration): string {
    if (input.status !== 'requested') return input.status === 'pending' ? 'admitted' : `settled ${input.status}`;
    if (this.posted - this.held < input.price) return 'refused insufficient_credits';
    if (this.dayCount >= this.dailyLimit) return 'refused daily_limit';
    if (this.unfinished >= this.unfinishedLimit) return 'refused too_many_pending';
    input.status = 'pending';
    this.held += input.price;
    this.unfinished += 1;
    this.dayCount += 1;
    return 'admitted';
  }

  record(input: ModelGeneration, avatarId: string): string {
    if (input.status === 'requested') return 'UnknownInLedger';
    if (input.status === 'completed' && input.avatarId === avatarId) return 'recorded';
    if (input.status !== 'pending') return `lost ${input.status}`;
    input.status = 'completed';
    input.avatarId = avatarId;
    this.posted -= input.price;
    this.closeHold(input);
    return 'recorded';
  }

  release(input: ModelGeneration, status: 'failed' | 'cancelled'): string {
    const isFinal = input.status !== 'requested' && input.status !== 'pending';
    if (isFinal && input.status !== status) return `settled ${input.status}`;
    if (input.status === 'pending') {
      this.closeHold(input);
      input.creditsReturned = true;
    }
    input.status = status;
    return input.creditsReturned ? 'released with credits' : 'released';
  }

  refund(input: ModelGeneration): string {
    if (input.status !== 'completed') return 'nothing_to_refund';
    if (!input.refunded) this.posted += input.price;
    input.refunded = true;
    return 'refunded';
  }

  private closeHold(input: ModelGeneration): void {
    this.held -= input.price;
    this.unfinished -= 1;
  }
}

interface Payment {
  readonly reference: number;
  /** For another account. */
  readonly stranger: boolean;
  readonly amount: number;
}

export interface ModelGeneration {
  readonly id: string;
  readonly price: number;
  status: 'requested' | 'pending' | 'completed' | 'failed' | 'cancelled';
  avatarId?: string;
  refunded?: boolean;
  creditsReturned?: boolean;
}
