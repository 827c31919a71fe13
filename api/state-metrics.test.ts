import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createStateMetrics, type StateReads } from './state-metrics.ts';

const READS: StateReads = {
  oldestWaiting: async () => [{ priority: 4, seconds: 90 }],
  openCircuits: async () => 2,
  spentShares: async () => ({ fal: 0.5 }),
  storageBytes: async () => ({ free: 1_024 }),
  heldCredits: async () => 30,
  databaseBytes: async () => 9_000_000,
  connections: () => ({ total: 3, idle: 1, waiting: 0 }),
};

async function seriesOf(reads: StateReads): Promise<string[]> {
  const registry = new Registry();
  createStateMetrics(registry, reads);
  return (await registry.metrics()).split('\n').filter((row) => row.startsWith('avatar_'));
}

it('shows the oldest wait of every priority, circuits, budgets, holds, storage by tier and connections', async () => {
  expect((await seriesOf(READS)).toSorted()).toEqual([
    'avatar_database_bytes 9000000',
    'avatar_database_connections{state="idle"} 1',
    'avatar_database_connections{state="total"} 3',
    'avatar_database_connections{state="waiting"} 0',
    'avatar_held_credits 30',
    'avatar_open_circuits 2',
    'avatar_provider_budget_spent_ratio{provider="fal"} 0.5',
    'avatar_queue_oldest_seconds{priority="1"} 0',
    'avatar_queue_oldest_seconds{priority="2"} 0',
    'avatar_queue_oldest_seconds{priority="3"} 0',
    'avatar_queue_oldest_seconds{priority="4"} 90',
    'avatar_queue_oldest_seconds{priority="5"} 0',
    'avatar_storage_bytes{tier="free"} 1024',
    'avatar_storage_bytes{tier="plus"} 0',
    'avatar_storage_bytes{tier="pro"} 0',
    'avatar_storage_bytes{tier="service"} 0',
  ]);
});

it('shows only the connections while the database is unavailable', async () => {
  const away = () => Promise.reject(new Error('away'));
  const reads = {
    ...READS,
    oldestWaiting: away,
    openCircuits: away,
    spentShares: away,
    storageBytes: away,
    heldCredits: away,
    databaseBytes: away,
  };
  expect((await seriesOf(reads)).filter((row) => !row.startsWith('avatar_database_connections'))).toEqual([]);
});
