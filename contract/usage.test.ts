import { expect, it } from 'vitest';
import { trackUsage } from './usage.ts';

const USE = { appId: 'chat', appName: 'Chat', action: 'shown' };

it('of thousands of pairs of metadata is refused with one error, before each pair is checked', () => {
  const metadata = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, {}]));
  const { error } = trackUsage.safeParse({ ...USE, metadata });
  expect(error?.issues).toMatchObject([{ path: ['metadata'], message: 'must have at most 16 pairs' }]);
});

it('of 16 pairs is accepted, each pair checked', () => {
  const metadata = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, index]));
  expect(trackUsage.parse({ ...USE, metadata }).metadata).toEqual(metadata);
  expect(trackUsage.safeParse({ ...USE, metadata: { nested: {} } }).error?.issues).toMatchObject([
    { path: ['metadata', 'nested'] },
  ]);
  expect(trackUsage.safeParse({ ...USE, metadata: { ['k'.repeat(41)]: 1 } }).success).toBe(false);
});
