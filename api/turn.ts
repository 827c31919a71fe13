const waiting: (() => void)[] = [];

/**
 * Resolves in a turn of the event loop of its own, however many callers wait: what follows, up to the next `await`, is the only such
 * piece of work in that turn. So whoever waits for something else is delayed by one piece at most, not by those of all requests.
 */
export function ownTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (waiting.push(resolve) === 1) setImmediate(beginNext);
  return promise;
}

function beginNext(): void {
  // An immediate that is set meanwhile belongs to the next turn.
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(beginNext);
}
