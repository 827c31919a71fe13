import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceEnvironment, type ServiceEnvironment } from '../processes/service-environment.ts';
import type { RunningProgram } from '../support/processes.ts';
import { ATTACKS, prepareAttacks, type Target } from './attacks.ts';
import { measureStretches, type Stretches } from './stretch-meter.ts';

const METER = fileURLToPath(new URL('preload-meter.ts', import.meta.url));
/** What any request may wait for others, ms. */
const LONGEST_MS = 50;
/** A stretch of ours is in every round; what is loaded or compiled once, or collected now and then, is not. */
const ROUNDS = 3;
/** For what an attack has left behind. */
const SETTLE_MS = 50;

let service: ServiceEnvironment;
let api: RunningProgram;
let target: Target;

beforeAll(async () => {
  service = await openServiceEnvironment();
  api = service.run(['--import', METER, 'api/server.ts'], { UPLOAD_LIMIT_PER_MINUTE: '1000000' }, { messages: true });
  const address = /"address":"([^"]+)"/u.exec(await api.waitForOutput(/"address":"/u))![1]!;
  target = await prepareAttacks(service, address);
});
afterAll(async () => {
  await target?.close();
  await service.close();
});

async function query(request: 'reset' | 'read'): Promise<Stretches> {
  const answer = once(api.child, 'message');
  api.child.send(request);
  const [stretches] = (await answer) as [Stretches];
  return stretches;
}

async function measure(attack: (target: Target) => Promise<void>): Promise<Stretches> {
  await query('reset');
  await attack(target);
  await sleep(SETTLE_MS);
  return query('read');
}

describe('the event loop of the API', () => {
  it.each(ATTACKS)(`turns every ${LONGEST_MS} ms during an attack with $what`, async ({ what, attack }) => {
    const rounds: Stretches[] = [];
    do rounds.push(await measure(attack));
    while (rounds.length < ROUNDS && rounds.at(-1)!.longestMs >= LONGEST_MS);
    if (process.env['TEST_LOG_LEVEL']) console.log(what, JSON.stringify(rounds));
    expect(Math.min(...rounds.map(({ longestMs }) => longestMs))).toBeLessThan(LONGEST_MS);
    expect(rounds.at(-1)!.count).toBeGreaterThan(0);
  });
});

describe('the meter', () => {
  it('sees work, and not the time that the thread has waited', async () => {
    const meter = measureStretches();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * LONGEST_MS);
    await sleep(5);
    expect(meter.read().longestMs).toBeLessThan(LONGEST_MS);
    const { user } = process.threadCpuUsage();
    while (process.threadCpuUsage().user - user < 2 * LONGEST_MS * 1_000);
    await sleep(5);
    expect(meter.read().longestMs).toBeGreaterThanOrEqual(2 * LONGEST_MS);
    meter.stop();
  });
});
