import { randomBytes } from 'node:crypto';
import type { FreeSlot, SlotRow, SlotRows } from './slot-rows.ts';
import { MAX_STREAMS_PER_ACCOUNT } from './watchers.ts';

/** Bounds one statement; the rest follows. */
const BATCH_MAX = 500;
/** A release that failed, although the session goes on, is repeated after this. */
const RELEASE_RETRY_MS = 1_000;

/** Limits an account's event streams across all API processes. */
export interface StreamSlots {
  /** @returns a function that releases the slot; undefined when all slots are taken, in this process or another */
  acquire(accountId: string): Promise<(() => void) | undefined>;
  /** Call when a database session begins, the first one or another: acquires the slots of open streams, as far as possible. */
  sessionStarted(): void;
}

interface Slot {
  readonly accountId: string;
  /** Of its row; undefined while this process counts for itself. */
  number: number | undefined;
  released: boolean;
}

interface Request {
  readonly slot: Slot;
  /** Undefined for a stream that is open already. */
  readonly decide: ((granted: boolean) => void) | undefined;
  /** How often another process was faster. */
  readonly lost: number;
}

/**
 * A slot is a row, which counts while the session that inserted it is connected. So the slots of a process that dies are free at once,
 * without anything to renew or clean up. What streams want at the same time is one statement. While there is no session, each process
 * counts for itself.
 */
export function createStreamSlots(rows: SlotRows): StreamSlots {
  const open = new Set<Slot>();
  let requests: Request[] = [];
  let releases: SlotRow[] = [];
  /** The session's key, unknown to all others; undefined while rows would not count. */
  let key: string | undefined;
  let endedKeys: string[] = [];
  let hasBegun = true;
  let working = false;

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    while (!hasBegun || requests.length + releases.length > 0) {
      if (!hasBegun) await begin();
      // First, so that a stream that replaces another one gets its slot.
      else if (releases.length > 0) await releaseBatch(releases.splice(0, BATCH_MAX));
      else await acquireBatch(requests.splice(0, BATCH_MAX));
    }
    working = false;
  }

  async function begin(): Promise<void> {
    const [begun, ended] = [key!, endedKeys];
    hasBegun = true;
    const isLocked = await rows.begin(begun, ended);
    if (key !== begun) return;
    if (isLocked) endedKeys = [];
    else key = undefined;
  }

  async function acquireBatch(all: readonly Request[]): Promise<void> {
    const batch = all.filter(({ slot }) => !slot.released);
    if (batch.length === 0) return;
    const used = key;
    const byAccount = Map.groupBy(batch, ({ slot }) => slot.accountId);
    const wanted = new Map([...byAccount].map(([accountId, { length }]) => [accountId, length]));
    const free = used === undefined ? undefined : await rows.acquire(used, wanted, MAX_STREAMS_PER_ACCOUNT);
    // Those of open streams were requested again when the session began.
    if (key !== used) requests = [...batch.filter(isOpening), ...requests];
    else if (free === undefined) for (const request of batch) grant(request);
    else {
      const found = Map.groupBy(free, ({ accountId }) => accountId);
      for (const [accountId, ofAccount] of byAccount) settle(ofAccount, found.get(accountId) ?? []);
    }
  }

  function settle(ofAccount: readonly Request[], free: readonly FreeSlot[]): void {
    const acquired = free.filter((slot) => slot.acquired);
    for (const [index, request] of ofAccount.entries()) {
      const row = acquired[index];
      if (row !== undefined) grant(request, row);
      else if (acquired.length < free.length && request.lost < MAX_STREAMS_PER_ACCOUNT) {
        requests.push({ ...request, lost: request.lost + 1 });
      } else request.decide?.(false);
    }
  }

  function grant({ slot, decide }: Request, row?: SlotRow): void {
    slot.number = row?.slot;
    if (decide !== undefined) {
      open.add(slot);
      decide(true);
    } else if (slot.released && row !== undefined) releases.push(row);
  }

  async function releaseBatch(batch: readonly SlotRow[]): Promise<void> {
    const used = key;
    if (used === undefined || (await rows.release(used, batch)) !== undefined) return;
    setTimeout(() => {
      // The rows of an ended session are no longer of interest.
      if (key !== used) return;
      releases.push(...batch);
      void work();
    }, RELEASE_RETRY_MS).unref();
  }

  function release(slot: Slot): void {
    if (slot.released) return;
    slot.released = true;
    open.delete(slot);
    if (slot.number === undefined) return;
    releases.push({ accountId: slot.accountId, slot: slot.number });
    void work();
  }

  return {
    acquire(accountId) {
      const slot: Slot = { accountId, number: undefined, released: false };
      return new Promise((resolve) => {
        const decide = (granted: boolean) => resolve(granted ? () => release(slot) : undefined);
        requests.push({ slot, decide, lost: 0 });
        void work();
      });
    },
    sessionStarted() {
      if (key !== undefined) endedKeys.push(key);
      key = randomBytes(8).readBigInt64BE().toString();
      hasBegun = false;
      releases = [];
      requests = requests.filter(isOpening);
      for (const slot of open) {
        slot.number = undefined;
        requests.push({ slot, decide: undefined, lost: 0 });
      }
      void work();
    },
  };
}

function isOpening({ decide }: Request): boolean {
  return decide !== undefined;
}
