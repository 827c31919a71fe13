import { expect, it } from 'vitest';
import type { WorkerVersion, WorkerVersions } from '#temporal/client/worker-versions.ts';
import { runDeployment } from './deployment.ts';

const version = (buildId: string, status: WorkerVersion['status'], percent = 0): WorkerVersion => ({
  buildId,
  status,
  percent,
  createdAt: 1_795_000_000,
});

/** @param lists what the server answers, one after the other; the last one stays */
function serverWith(...lists: WorkerVersion[][]): { versions: WorkerVersions; calls: unknown[] } {
  const calls: unknown[] = [];
  return {
    calls,
    versions: {
      list: async () => (lists.length > 1 ? lists.shift()! : lists[0]!),
      ramp: async (...call) => void calls.push(['ramp', ...call]),
      promote: async (...call) => void calls.push(['promote', ...call]),
      isRouted: async () => true,
    },
  };
}

const OLD_AND_NEW = [version('new', 'inactive'), version('old', 'current', 100)];

it.each([
  [
    ['ramp', '10'],
    ['ramp', 'new', 10],
  ],
  [
    ['ramp', '0', 'old'],
    ['ramp', 'old', 0],
  ],
  [['promote'], ['promote', 'new']],
  [
    ['promote', 'old'],
    ['promote', 'old'],
  ],
])('%j is sent to the server', async (args, call) => {
  const { versions, calls } = serverWith(OLD_AND_NEW);
  await runDeployment(versions, args);
  expect(calls).toEqual([call]);
});

it.each([['ramp', '10'], ['promote']])('%s ends when every task queue knows the change', async (...args) => {
  const { versions } = serverWith(OLD_AND_NEW);
  const states = [false, false, true];
  const said = await runDeployment({ ...versions, isRouted: async () => states.shift()! }, args);
  expect(said).toMatch(/^new .*\nold .*$/);
  expect(states).toEqual([]);
});

it('ramp and promote do not wait for a task queue for ever, and say so', async () => {
  const versions = { ...serverWith(OLD_AND_NEW).versions, isRouted: async () => false };
  const said = await runDeployment(versions, ['promote'], { routedWithinMs: 1 });
  expect(said).toMatch(/^new .*\nold .*\nSome task queues do not know this yet/);
});

it('status names each version with its share of new workflows', async () => {
  const status = await runDeployment(serverWith(OLD_AND_NEW).versions, ['status']);
  expect(status).toMatch(/^new {2}inactive {2} {2}0 % .*\nold {2}current {3}100 % /);
  expect(await runDeployment(serverWith([]).versions, ['status'])).toBe('No worker of this deployment has polled yet');
});

it('drain ends when the server says that no workflow needs the version', async () => {
  const draining = [version('new', 'current', 100), version('old', 'draining')];
  const drained = [version('new', 'current', 100), version('old', 'drained')];
  const { versions } = serverWith(draining, draining, draining, drained);
  expect(await runDeployment(versions, ['drain'], { pollMs: 1 })).toBe('old is drained: its workers may be stopped');
  const stuck = runDeployment(serverWith(draining).versions, ['drain'], { pollMs: 1, timeoutMs: 5 });
  await expect(stuck).rejects.toThrow('old still drains');
});

it.each([
  [['ramp', '101'], 'between 0 and 100'],
  [['ramp', 'many'], 'between 0 and 100'],
  [['promote', 'lost'], 'no such version lost'],
  [['drain'], 'no such version'],
  [['drain', 'old'], 'only a version that drains ends'],
  [['restart'], 'npm run deployment'],
  [[], 'npm run deployment'],
])('%j is refused', async (args, message) => {
  const { versions, calls } = serverWith(OLD_AND_NEW);
  await expect(runDeployment(versions, args)).rejects.toThrow(message);
  expect(calls).toEqual([]);
});
