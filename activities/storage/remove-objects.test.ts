import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Database } from '#drizzle/connection/database.ts';
import { type ImageStore, StorageFailure } from './port.ts';
import { removeObjects } from './remove-objects.ts';

const names = Array.from({ length: 40 }, (_, index) => `staging/${index}`);
const BAD = 'staging/0';

/** Removes every object but one. */
function removal(bad: () => Promise<void>) {
  const recorded: string[] = [];
  const store = { remove: (name: string) => (name === BAD ? bad() : Promise.resolve()) } as Partial<ImageStore>;
  const database = {
    call: async (_: string, __: string, [removed]: [string[]]) => {
      recorded.push(...removed);
      return [];
    },
  } as unknown as Database;
  return { recorded, deps: { database, store: store as ImageStore } };
}

describe('removing objects', () => {
  it('removes all others when one can not be removed', async () => {
    const { recorded, deps } = removal(() => Promise.reject(new StorageFailure('unavailable', 'locked')));
    expect(await removeObjects(deps, names)).toBe(39);
    expect(recorded.toSorted()).toEqual(names.filter((name) => name !== BAD).toSorted());
  });

  it('removes the others while one does not answer', async () => {
    const hanging = Promise.withResolvers<void>();
    const { recorded, deps } = removal(() => hanging.promise);
    const removing = removeObjects(deps, names);
    await expect.poll(() => recorded.length).toBeGreaterThan(30);
    hanging.resolve();
    expect(await removing).toBe(40);
  });

  it('throws when none can be removed', async () => {
    const { deps } = removal(() => Promise.reject(new StorageFailure('unavailable', 'away')));
    await expect(removeObjects(deps, [BAD])).rejects.toThrow('away');
  });

  it('starts no further call when it is aborted, and records what it removed', async () => {
    const time = new AbortController();
    const { recorded, deps } = removal(() => Promise.resolve());
    const store = { ...deps.store, remove: () => sleep(5).then(() => time.abort()) };
    expect(await removeObjects({ ...deps, store, signal: time.signal }, names)).toBe(8);
    expect(recorded).toHaveLength(8);
  });
});
