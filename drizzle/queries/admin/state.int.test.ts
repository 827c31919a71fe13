import { expect, it } from 'vitest';
import { reserve } from '../../ledger/reserve.ts';
import { insertStoredObjects } from '../objects/stored-objects.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { DEADLINE_MS, newTenant, requested } from '#tests/support/database/world.ts';
import { readTotals, storageByTier } from './state.ts';

const fixture = useDatabase();

it('counts the bytes of each tier, and the credits that are held', async () => {
  const { database } = fixture;
  expect(await storageByTier(database)).toEqual({});
  expect(await readTotals(database)).toEqual({ heldCredits: 0, databaseBytes: expect.any(Number) });
  const tenant = await newTenant(database);
  const { id } = await requested(database, tenant);
  await reserve(database, { generationId: id, deadlineMs: DEADLINE_MS });
  const accountId = tenant.account.id;
  await insertStoredObjects(database, [
    { name: 'a', kind: 'image', accountId, generationId: id, sizeBytes: 300 },
    { name: 'b', kind: 'thumbnail', accountId, generationId: id, sizeBytes: 20 },
  ]);
  expect(await storageByTier(database)).toEqual({ [tenant.account.tier]: 320 });
  const { heldCredits, databaseBytes } = await readTotals(database);
  expect(heldCredits).toBe(10);
  expect(databaseBytes).toBeGreaterThan(1_000_000);
});
