/** Too much work of one account waits for its turn. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

interface Turns {
  /** Never rejects. */
  last: Promise<unknown>;
  unfinished: number;
}

/**
 * Does an account's work one piece after another, in the order in which it came. Accounts do not wait for each other.
 * @param waitingMax pieces of an account's work that may wait
 * @returns throws {@link TooManyWaiting} and what the work throws
 */
export function createAccountTurns(waitingMax: number) {
  const accounts = new Map<string, Turns>();
  return async function inTurn<Result>(accountId: string, work: () => Promise<Result>): Promise<Result> {
    const turns = accounts.get(accountId) ?? { last: Promise.resolve(), unfinished: 0 };
    if (turns.unfinished > waitingMax) throw new TooManyWaiting('Too much work of this account waits');
    accounts.set(accountId, turns);
    turns.unfinished += 1;
    const running = turns.last.then(work);
    turns.last = running.catch(() => undefined);
    try {
      return await running;
    } finally {
      turns.unfinished -= 1;
      if (turns.unfinished === 0) accounts.delete(accountId);
    }
  };
}
