import { readFile } from 'node:fs/promises';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { createLoad, openUsers, type Answer } from './load.ts';
import { expectHonestBooks, outcomesOf } from './honest-books.ts';
import { FLAT_BYTES, isFlat, memoryTrend } from './memory-trend.ts';
import { openPaidService, type PaidService } from './paid-service.ts';
import { watchMemory } from './watch-memory.ts';

const long = readLongRun('soak');
const SOAK_MS = (long?.minutes ?? 0) * 60_000;
const SAMPLE_EVERY_MS = 5_000;
/** The capacity is how fast so many are worked off, all requested at once, after as many for a warm-up. */
const BACKLOG = 150;
const LOAD = 0.5;
/** An account's credits are enough for 100. */
const AVATARS_PER_USER = 90;
const FINISHED_WITHIN_MS = 10 * 60_000;
const TIMEOUT_MS = SOAK_MS + 3 * FINISHED_WITHIN_MS;
const MIB = 2 ** 20;

describe.runIf(long)('half of the capacity, for long', { timeout: TIMEOUT_MS }, () => {
  let paid: PaidService;

  beforeAll(async () => {
    paid = await openPaidService();
  });
  afterAll(() => paid.close());

  it('delivers every avatar, with flat memory and an empty audit', async () => {
    const provider = {
      ...paid.provider,
      GENERATE_SLOTS: '16',
    };
    // As in the container image.
    const allocator = { MALLOC_ARENA_MAX: '2' };
    const api = paid.service.run(['api/server.ts'], { ...provider, ...allocator });
    const worker = paid.service.run(['temporal/worker/worker.ts'], { ...provider, ...allocator });
    const ready = /"address":"([^"]+)"/u;
    const address = ready.exec(await api.waitForOutput(ready))![1]!;
    await worker.waitForOutput(/worker ready/u);
    const users = (avatars: number) =>
      openUsers(address, paid.service.signingKey, Math.ceil(avatars / AVATARS_PER_USER));
    const idsOf = (answers: readonly Answer[]) => answers.flatMap(({ generationId }) => generationId ?? []);
    const books = { ...paid, timeoutMs: FINISHED_WITHIN_MS };

    const first = createLoad(address, await users(2 * BACKLOG));
    const workOff = async () => {
      const startedAt = performance.now();
      let left = BACKLOG;
      const ids = idsOf(await first.inTurn(8, () => (left -= 1) < 0));
      await outcomesOf(books, ids);
      return { ids, perSecond: ids.length / ((performance.now() - startedAt) / 1_000) };
    };
    const warmUp = await workOff();
    const capacity = await workOff();
    first.close();
    const perSecond = capacity.perSecond * LOAD;
    const load = createLoad(address, await users((perSecond * SOAK_MS) / 1_000));

    const postmaster = await postmasterOf(paid.owner);
    const stopWatching = watchMemory(
      {
        API: ({ pid }) => pid === api.child.pid,
        worker: ({ pid }) => pid === worker.child.pid,
        'its decoders': ({ parent }) => parent === worker.child.pid,
        Postgres: ({ pid, parent }) => pid === postmaster || parent === postmaster,
      },
      SAMPLE_EVERY_MS,
    );
    const answers = await load.atRate(perSecond, SOAK_MS);
    const samples = await stopWatching();
    load.close();

    const trends = Object.entries(samples).map(([name, all]) => [name, memoryTrend(all)] as const);
    const figures = trends.map(
      ([name, { meanBytes, slopeBytes }]) =>
        `${name} ${mib(meanBytes)} MiB, ${slopeBytes < 0 ? '−' : '+'}${mib(Math.abs(slopeBytes))} in ten minutes`,
    );
    reportFigure(
      `${answers.length} avatars in ${long!.minutes} minutes at ${perSecond.toFixed(1)} a second, ${LOAD * 100} % of the capacity; ${figures.join('; ')}`,
    );
    expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
    await expectHonestBooks(books, [...warmUp.ids, ...capacity.ids, ...idsOf(answers)]);
    const growing = trends.filter(([, trend]) => !isFlat(trend)).map(([name]) => name);
    expect(growing, `grew by ${mib(FLAT_BYTES)} MiB or more in the last two thirds`).toEqual([]);
  });
});

const mib = (bytes: number) => (bytes / MIB).toFixed(0);

/** The server whose child serves this connection. */
async function postmasterOf(owner: Client): Promise<number> {
  const { rows } = await owner.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const status = await readFile(`/proc/${rows[0]!.pid}/status`, 'utf8');
  return Number(/^PPid:\s+(\d+)$/m.exec(status)![1]);
}
