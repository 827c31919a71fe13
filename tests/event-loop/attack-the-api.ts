import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceEnvironment, type ServiceEnvironment } from '../processes/service-environment.ts';
import type { RunningProgram } from '../support/processes.ts';
import { prepareAttacks, type Attack, type Target } from './attack-target.ts';
import type { Stretches } from './stretch-meter.ts';

const METER = fileURLToPath(new URL('preload-meter.ts', import.meta.url));
/** What any request may wait for others, ms, on a processor that does the reference work in {@link REFERENCE_MS}. */
const LONGEST_MS = 50;
/** Shared processors are slower at times, and then by the same factor for everything. */
const REFERENCE_MS = 10;
/** A stretch of ours is in every round; what is loaded or compiled once, or collected now and then, is not. */
const ROUNDS = 5;
/** For what an attack has left behind. */
const SETTLE_MS = 50;

/** Defines a test for each attack, on an API process of its own. */
export function attackTheApi(attacks: readonly Attack[]): void {
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

  async function query<Answer = Stretches>(request: 'reset' | 'read' | 'reference'): Promise<Answer> {
    const message = once(api.child, 'message');
    api.child.send(request);
    const [answer] = (await message) as [Answer];
    return answer;
  }

  /** How much longer the measured process needs for the same work than on an unshared processor; at least 1. */
  async function slowness(): Promise<number> {
    return Math.max(1, (await query<number>('reference')) / REFERENCE_MS);
  }

  async function measure(attack: (target: Target) => Promise<void>): Promise<Stretches> {
    await query('reset');
    await attack(target);
    await sleep(SETTLE_MS);
    return query('read');
  }

  describe('the event loop of the API', () => {
    it.each(attacks)(`turns every ${LONGEST_MS} ms during an attack with $what`, async ({ what, attack }) => {
      const rounds: (Stretches & { slowness: number })[] = [];
      const longest = () => Math.min(...rounds.map(({ longestMs, slowness: factor }) => longestMs / factor));
      do rounds.push({ slowness: await slowness(), ...(await measure(attack)) });
      while (rounds.length < ROUNDS && longest() >= LONGEST_MS);
      if (process.env['TEST_LOG_LEVEL']) console.log(what, JSON.stringify(rounds));
      expect(longest()).toBeLessThan(LONGEST_MS);
      expect(rounds.at(-1)!.count).toBeGreaterThan(0);
    });
  });
}
