import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import type { RunningProgram } from '../support/processes.ts';
import { startTcpBalancer } from '../support/tcp-balancer.ts';
import { until } from '../support/until.ts';
import { createLoad, openUsers, watchGrowth, type Answer } from './load.ts';
import { expectHonestBooks } from './honest-books.ts';
import { openPaidService, type PaidService } from './paid-service.ts';

const long = readLongRun('overload');
const OVERLOAD = 5;
const OVERLOAD_MS = (long?.minutes ?? 0) * 60_000;
const CAPACITY_MS = 10_000;
/** As many as keep the API busy. */
const CLIENTS = 8;
/** During a restart, each sends a request after another. Every one that is accepted costs the workers an image. */
const RESTART_PAUSE_MS = long ? 0 : 250;
/** Each may have 500 unfinished generations, and credits for 100. */
const USERS = long ? 150 : 8;
/** Longer than the balancer takes to see that an API is not ready, also on a busy machine. */
const DRAIN_MS = 2_000;
/** What the API's memory may grow by, whatever is sent. */
const GROWTH_MAX_BYTES = 256 * 1024 * 1024;
/** Those that were accepted wait for the worker. */
const FINISHED_WITHIN_MS = long ? 15 * 60_000 : 120_000;
const TIMEOUT_MS = FINISHED_WITHIN_MS + OVERLOAD_MS + 120_000;

let paid: PaidService;

beforeAll(async () => {
  paid = await openPaidService();
});
afterAll(() => paid.close());

const providers = () => ({
  ...paid.provider,
  GENERATE_SLOTS: '64',
  RECONCILE_AFTER_MS: '1000',
  DRAIN_MS: String(DRAIN_MS),
});

async function startApi(): Promise<RunningProgram & { address: string }> {
  const api = paid.service.run(['api/server.ts'], providers());
  const ready = /"address":"([^"]+)"/u;
  return { ...api, address: ready.exec(await api.waitForOutput(ready))![1]! };
}

async function startWorker(): Promise<RunningProgram> {
  const worker = paid.service.run(['temporal/worker/worker.ts'], providers());
  await worker.waitForOutput(/worker ready/u);
  return worker;
}

/** @throws Error with its output when it does not end in order */
async function stop({ child, ended, output }: RunningProgram): Promise<void> {
  child.kill('SIGTERM');
  const { code } = await ended;
  if (code !== 0) throw new Error(`A process ended with ${code}:\n${output().slice(-4_000)}`);
}

/** What a load balancer's health check sees. */
async function isDraining({ address }: { readonly address: string }): Promise<true | undefined> {
  const { status } = await fetch(`${address}/readyz`);
  return status === 503 ? true : undefined;
}

/** How often each answer came, as `202` or `503 unavailable`. */
function counted(answers: readonly Answer[]): Record<string, number> {
  const groups = Map.groupBy(answers, ({ status, code }) => [status, code].filter(Boolean).join(' '));
  return Object.fromEntries([...groups].map(([answer, all]) => [answer, all.length]));
}

function medianMs(answers: readonly Answer[]): number {
  const sorted = answers.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const accepted = (answers: readonly Answer[]) => answers.flatMap(({ generationId }) => generationId ?? []);

describe.runIf(long)('an API that gets five times what it can do', () => {
  it(
    'refuses early with Retry-After, finishes what it accepted, and needs no more memory',
    { timeout: TIMEOUT_MS },
    async () => {
      const [api, worker] = await Promise.all([startApi(), startWorker()]);
      const load = createLoad(api.address, await openUsers(api.address, paid.service.signingKey, USERS));
      const capacityUntil = performance.now() + CAPACITY_MS;
      const calm = await load.inTurn(CLIENTS, () => performance.now() > capacityUntil);
      expect(Object.keys(counted(calm))).toEqual(['202']);
      const perSecond = calm.length / (CAPACITY_MS / 1_000);

      const stopWatching = await watchGrowth(api.child.pid!);
      const answers = await load.atRate(OVERLOAD * perSecond, OVERLOAD_MS);
      const growthBytes = stopWatching();
      load.close();

      const refused = answers.filter(({ status }) => status !== 202);
      const [refusedMs, acceptedMs] = [refused, answers.filter(({ status }) => status === 202)].map(medianMs);
      reportFigure(
        `${perSecond.toFixed(0)} a second is the capacity; ${answers.length} requests in ${OVERLOAD_MS / 1_000} s: ${JSON.stringify(counted(answers))}, refusals after ${refusedMs!.toFixed(0)} ms, acceptances after ${acceptedMs!.toFixed(0)} ms (medians), memory +${(growthBytes / 2 ** 20).toFixed(0)} MiB`,
      );
      expect(refused.filter(({ status }) => status !== 429 && status !== 503)).toEqual([]);
      expect(refused.filter(({ retryAfter }) => !(retryAfter! >= 1))).toEqual([]);
      expect(refused.length).toBeGreaterThan(0);
      // However busy the machine is: a refusal does not wait for the work that it is spared.
      expect(refusedMs).toBeLessThan(acceptedMs!);
      expect(growthBytes).toBeLessThan(GROWTH_MAX_BYTES);
      expect(accepted(answers).length).toBeGreaterThan(0);
      await expectHonestBooks({ ...paid, timeoutMs: FINISHED_WITHIN_MS }, accepted([...calm, ...answers]));
      await Promise.all([stop(api), stop(worker)]);
    },
  );
});

describe('a rolling restart of all processes under load', () => {
  it('fails no request, loses no generation, and buys nothing twice', { timeout: TIMEOUT_MS }, async () => {
    const balancer = await startTcpBalancer();
    const [apis, workers] = await Promise.all([
      Promise.all([startApi(), startApi()]),
      Promise.all([startWorker(), startWorker()]),
    ]);
    const route = (ready: readonly { address: string }[]) => balancer.setServers(ready.map(({ address }) => address));
    route(apis);
    const load = createLoad(balancer.address, await openUsers(balancer.address, paid.service.signingKey, USERS));
    let over = false;
    const sending = load.inTurn(CLIENTS / 4, () => over, RESTART_PAUSE_MS);

    for (let index = 0; index < 2; index += 1) {
      const leaving = apis[index]!;
      const stopped = Promise.all([stop(leaving), stop(workers[index]!)]);
      await until(() => isDraining(leaving), { what: 'an API that is not ready' });
      route(apis.filter((api) => api !== leaving));
      await stopped;
      [apis[index], workers[index]] = await Promise.all([startApi(), startWorker()]);
      route(apis);
    }
    over = true;
    const answers = await sending;
    load.close();
    balancer.close();
    reportFigure(`a rolling restart during ${answers.length} requests: ${JSON.stringify(counted(answers))}`);
    expect(counted(answers)).toEqual({ 202: answers.length });
    expect(answers.length).toBeGreaterThan(CLIENTS);
    await expectHonestBooks({ ...paid, timeoutMs: FINISHED_WITHIN_MS }, accepted(answers));
  });
});
