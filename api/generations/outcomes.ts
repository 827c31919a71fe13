import { isFinal } from '#domain/generation/generation.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { Change } from '../events/change-listener.ts';

/** Waits for generations to end without polling: the database notifies of each change. */
export interface Outcomes {
  /** @returns the final row, or the current one after `withinMs`; undefined when it could not be read */
  wait(generationId: string, withinMs: number): Promise<Generation | undefined>;
  changed(change: Change): void;
  /** Notifications may have been lost: every waiter reads its row again. */
  refreshAll(): void;
}

/** @param read the row from the primary */
export function createOutcomes(read: (generationId: string) => Promise<Generation | undefined>): Outcomes {
  const waiting = new Map<string, Set<() => Promise<void>>>();

  return {
    async wait(generationId, withinMs) {
      const { promise, resolve } = Promise.withResolvers<void>();
      let row: Generation | undefined;
      const check = async () => {
        // After a failed read the row is read again at the next change, or the wait times out.
        const now = await read(generationId).catch(() => undefined);
        if (now && now.version >= (row?.version ?? 0)) row = now;
        if (row && isFinal(row.status)) resolve();
      };
      const timer = setTimeout(resolve, withinMs);
      const checks = waiting.get(generationId) ?? new Set();
      waiting.set(generationId, checks.add(check));
      // Subscribes before it reads, so that no change is missed in between.
      void check();
      await promise;
      clearTimeout(timer);
      checks.delete(check);
      if (checks.size === 0) waiting.delete(generationId);
      return row;
    },
    changed(change) {
      if (change.channel === 'generation') waiting.get(change.id)?.forEach((check) => void check());
    },
    refreshAll() {
      for (const checks of waiting.values()) checks.forEach((check) => void check());
    },
  };
}
