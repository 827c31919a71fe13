import type { StackPart } from './stack-part.ts';

/** Outages of single parts, on purpose: for demonstrations of recovery. */
export interface Outages {
  /** Resolves when the part may be started again; at once when it has no outage. */
  ended(name: string): Promise<void>;
  /** Kills a part as a crash would. It stays away until `act` has ended, then whoever restarts it may do so. */
  during<Result>(name: string, act: () => Promise<Result>): Promise<Result>;
}

/** @param parts by name, as `restartOnExit` restarts them. */
export function createOutages(parts: ReadonlyMap<string, StackPart>): Outages {
  const outages = new Map<string, Promise<void>>();
  return {
    ended: async (name) => outages.get(name),
    async during(name, act) {
      const part = parts.get(name);
      if (part === undefined) throw new Error(`${name} is not a part of this stack: ${[...parts.keys()].join(', ')}`);
      const { promise, resolve } = Promise.withResolvers<void>();
      outages.set(name, promise);
      try {
        await part.kill9();
        return await act();
      } finally {
        outages.delete(name);
        resolve();
      }
    },
  };
}
