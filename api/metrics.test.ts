import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

type Depth = readonly { priority: number; count: number }[] | undefined;

async function depthSeries(depth: Depth): Promise<string[]> {
  const { registry } = createMetrics({
    queueDepth: async () => depth,
    flaggedAccounts: async () => undefined,
    recommendedWorkers: async () => 3,
  });
  const text = await registry.getSingleMetricAsString('avatar_queue_depth');
  return text.split('\n').filter((row) => row.startsWith('avatar_queue_depth'));
}

it('the queue has a series for every priority, at zero where nothing waits', async () => {
  expect(await depthSeries([{ priority: 4, count: 7 }])).toEqual([
    'avatar_queue_depth{priority="1"} 0',
    'avatar_queue_depth{priority="2"} 0',
    'avatar_queue_depth{priority="3"} 0',
    'avatar_queue_depth{priority="4"} 7',
    'avatar_queue_depth{priority="5"} 0',
  ]);
});

it('the queue has no series while the database is unavailable', async () => {
  expect(await depthSeries(undefined)).toEqual([]);
});
