/** What the ledger should say, in memory: the simplest thing that could be right. For the property tests. */
export class LedgerModel {
  posted: number;
  strangerPosted = 0;
  held = 0;
  unfinished = 0;
  dayCount = 0;
  readonly dailyLimit: number;
  readonly unfinishedLimit: number;
  readonly topups = new Map<number, Payment>();
  readonly wishes: ModelGeneration[] = [];

  constructor(start: { posted: number; dailyLimit: number; unfinishedLimit: number }) {
    this.posted = start.posted;
    this.dailyLimit = start.dailyLimit;
    this.unfinishedLimit = start.unfinishedLimit;
  }

  topup({ reference, stranger, amount }: Payment): string {
    const known = this.topups.get(reference);
    if (known) return known.amount === amount && known.stranger === stranger ? 'posted' : 'conflict';
    this.topups.set(reference, { reference, stranger, amount });
    if (stranger) this.strangerPosted += amount;
    else this.posted += amount;
    return 'posted';
  }

  reserve(wish: ModelGeneration): string {
    if (wish.status !== 'requested') return wish.status === 'pending' ? 'admitted' : `settled ${wish.status}`;
    if (this.posted - this.held < wish.price) return 'refused insufficient_credits';
    if (this.dayCount >= this.dailyLimit) return 'refused daily_limit';
    if (this.unfinished >= this.unfinishedLimit) return 'refused too_many_pending';
    wish.status = 'pending';
    this.held += wish.price;
    this.unfinished += 1;
    this.dayCount += 1;
    return 'admitted';
  }

  record(wish: ModelGeneration, avatarId: string): string {
    if (wish.status === 'requested') return 'UnknownInLedger';
    if (wish.status === 'completed' && wish.avatarId === avatarId) return 'recorded';
    if (wish.status !== 'pending') return `lost ${wish.status}`;
    wish.status = 'completed';
    wish.avatarId = avatarId;
    this.posted -= wish.price;
    this.free(wish);
    return 'recorded';
  }

  release(wish: ModelGeneration, status: 'failed' | 'cancelled'): string {
    const isOver = wish.status !== 'requested' && wish.status !== 'pending';
    if (isOver && wish.status !== status) return `settled ${wish.status}`;
    if (wish.status === 'pending') {
      this.free(wish);
      wish.creditsReturned = true;
    }
    wish.status = status;
    return wish.creditsReturned ? 'released with credits' : 'released';
  }

  refund(wish: ModelGeneration): string {
    if (wish.status !== 'completed') return 'nothing_to_refund';
    if (!wish.refunded) this.posted += wish.price;
    wish.refunded = true;
    return 'refunded';
  }

  private free(wish: ModelGeneration): void {
    this.held -= wish.price;
    this.unfinished -= 1;
  }
}

interface Payment {
  readonly reference: number;
  /** It is for somebody else. */
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
