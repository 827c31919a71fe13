import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import { DASHBOARDS } from '#ops/grafana/dashboards.ts';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { createPortChooser } from '#stack/ports.ts';
import { type ApiClient, createApiClient } from '../api/api-client.ts';
import { ALWAYS } from '../fakes/faults/fault.ts';
import { createFakeReplicate, type FakeReplicate } from '../fakes/replicate/fake-replicate.ts';
import { openServiceEnvironment, type ServiceEnvironment } from '../processes/service-environment.ts';
import { asOwner } from '../support/as-owner.ts';
import { silentProxy } from '../support/database/silent-proxy.ts';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import type { RunningProgram } from '../support/processes.ts';
import { connectToTemporal, sharedStack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { ALERT_FAULTS, type AlertFault } from './alert-faults.ts';
import { ensurePrometheus, type Prometheus, SHORTENED_BY, startPrometheus } from './prometheus.ts';

/** For a fault whose alerts take five minutes of Prometheus' time to fire and to end. */
const TIMEOUT_MS = 20 * 60_000;
/** More than one image at the price of the fake's model, less than two. */
const BUDGET_USD = '0.0031';
/** An alert that fires without a fault has fired by then. */
const CALM_MS = 30_000;
/** How long the alerts of a fault may take to fire, and to end. */
const ALERTS_LIMIT_MS = 8 * 60_000;
/** As Grafana sets it: four scrapes and more. */
const RATE_INTERVAL = '1m';
const AT_ONCE = 4;
/** Payments, failures, and what Schedules do later than a test may wait for. */
const OF_RARE_EVENTS =
  /topups_total|sticky_cache_miss|execution_failed|status=~"5|(ledger_audit|expired_records|inventory)_last/u;

interface Fault {
  readonly begin: () => Promise<unknown>;
  /** What goes on while the fault lasts; again and again until its alerts fire. */
  readonly meanwhile?: () => Promise<unknown>;
  readonly end: () => Promise<unknown>;
  /** Whether it takes away what the others need. */
  readonly disturbs?: boolean;
}
/** A program that always starts on the same ports, where Prometheus expects it. */
interface Instance {
  readonly metrics: string;
  start(change?: NodeJS.ProcessEnv): Promise<void>;
  kill(): Promise<unknown>;
}

describe.runIf(readLongRun('alerts'))('the alerts on a real stack', { timeout: TIMEOUT_MS }, () => {
  let service: ServiceEnvironment;
  let replicate: FakeReplicate;
  let database: Awaited<ReturnType<typeof silentProxy>>;
  let prometheus: Prometheus;
  let temporal: Connection;
  let apis: readonly Instance[];
  let workers: readonly Instance[];
  let client: ApiClient;
  let user: { readonly token: string; readonly id: string; readonly accountId: string };
  const seen: string[] = [];

  beforeAll(async () => {
    await ensurePrometheus();
    [service, replicate, temporal] = await Promise.all([
      openServiceEnvironment(),
      createFakeReplicate(),
      connectToTemporal(),
    ]);
    database = await silentProxy(service.env['DATABASE_URL']!);
    const ports = createPortChooser(() => undefined);
    const port = async (what: string) => String(await ports.choose(what, 0));
    const provider = { REPLICATE_API_TOKEN: replicate.token };
    const instance = (args: string[], ready: RegExp, metricsPort: string, env: NodeJS.ProcessEnv): Instance => {
      let running: RunningProgram;
      return {
        metrics: `127.0.0.1:${metricsPort}`,
        async start(change = {}) {
          running = service.run(args, { ...env, ...change });
          await running.waitForOutput(ready);
        },
        kill() {
          running.child.kill('SIGKILL');
          return running.ended;
        },
      };
    };
    const addresses: string[] = [];
    const createApi = async () => {
      const [API_PORT, INTERNAL_PORT] = [await port('an API'), await port('its metrics')];
      addresses.push(`http://127.0.0.1:${API_PORT}`);
      const env = { ...provider, API_PORT, INTERNAL_PORT, DATABASE_URL: database.url, PROVIDERS: 'replicate' };
      return instance(['api/server.ts'], /"address":/u, INTERNAL_PORT, env);
    };
    const createWorker = async () => {
      const METRICS_PORT = await port('a worker’s metrics');
      const env = { ...provider, METRICS_PORT, REPLICATE_BASE_URL: replicate.url };
      return instance(['temporal/worker/worker.ts'], /worker ready/u, METRICS_PORT, env);
    };
    [apis, workers] = [
      [await createApi(), await createApi()],
      [await createWorker(), await createWorker()],
    ];
    await Promise.all([...apis, ...workers].map((one) => one.start()));
    client = createApiClient(addresses[0]!);
    const token = await createDemoTokens(service.signingKey).forUser({ sub: 'test|alerts', tier: 'pro' });
    const { body: project } = await client.ok('createProject', { token, body: { name: 'Alerts' } });
    const { body: profile } = await client.ok('readProfile', { token });
    user = { token, id: project.id, accountId: profile.accountId };
    prometheus = await startPrometheus({
      api: apis.map(({ metrics }) => metrics),
      worker: workers.map(({ metrics }) => metrics),
      temporal: [new URL(sharedStack().temporalMetricsUrl).host],
    });
  }, TIMEOUT_MS);
  afterAll(async () => {
    reportFigure(`${seen.length} alerts fired on the real stack and ended, their times shortened by ${SHORTENED_BY}`);
    await prometheus?.close();
    await service?.close();
    await Promise.all([database?.close(), replicate?.stop(), temporal?.close()]);
  });

  const generate = async (prompt: string) => {
    const body = { sourceType: 'text_to_image', prompt } as const;
    return (await client.ok('createGeneration', { ...user, body })).body.id;
  };
  const statusOf = async (id: string) => (await client.ok('readGeneration', { token: user.token, id })).body.status;
  const ended = (id: string) =>
    until(async () => ['completed', 'failed', 'cancelled'].includes(await statusOf(id)), { timeoutMs: TIMEOUT_MS });
  const avatar = async (prompt: string) => ended(await generate(prompt));
  const byHand = (statement: string, values: readonly unknown[]) =>
    asOwner(service.databaseOwnerUrl, async (owner) => {
      await owner.query("SET session_replication_role = 'replica'");
      await owner.query(statement, [...values]);
    });
  const addCredits = (credits: number) =>
    byHand('UPDATE accounts SET posted = posted + $2 WHERE id = $1', [user.accountId, credits]);
  const failPilots = () =>
    replicate.script({ on: 'prediction', fault: 'failed', promptIncludes: 'a pilot', times: ALWAYS });
  /** What the API answers while no model is available. */
  const isRefused = (error: Error) => {
    if (!error.message.includes('503')) throw error;
    return false;
  };
  const workflows = () => new Client({ connection: temporal, namespace: sharedStack().temporalNamespace });
  const queue = () => taskQueues(service.env['TASK_QUEUE_SUFFIX']).workflows;

  let waiting: string;
  let holding: string;
  const FAULTS: Readonly<Record<AlertFault, Fault>> = {
    'one avatar spends most of the budget': {
      async begin() {
        await apis[1]!.kill();
        await apis[1]!.start({ REPLICATE_BUDGET_USD_DAY: BUDGET_USD });
      },
      async end() {
        await apis[1]!.kill();
        await apis[1]!.start();
      },
    },
    // An image that fails is tried three times. A circuit opens after five failures without a success between them.
    'every second image fails': {
      begin: async () => failPilots(),
      async meanwhile() {
        for (const prompt of ['a pilot', 'a gardener']) await avatar(prompt);
      },
      end: async () => undefined,
    },
    'all images fail': {
      disturbs: true,
      begin: async () => failPilots(),
      meanwhile: () => avatar('a pilot').catch(isRefused),
      // It closes after the first success, which may be tried minutes later.
      end: () => until(() => avatar('a gardener').catch(isRefused), { timeoutMs: ALERTS_LIMIT_MS }),
    },
    'one of two APIs and one of two workers are killed': {
      disturbs: true,
      begin: () => Promise.all([apis[1]!.kill(), workers[1]!.kill()]),
      end: () => Promise.all([apis[1]!.start(), workers[1]!.start()]),
    },
    'all workers are killed, and a request waits': {
      disturbs: true,
      async begin() {
        await Promise.all(workers.map((one) => one.kill()));
        waiting = await generate('a gardener');
        // As if a worker had admitted it long ago: its age comes from its row.
        await byHand(
          `UPDATE avatar_generations SET status = 'pending', pending_at = now() - interval '12 minutes' WHERE id = $1`,
          [waiting],
        );
      },
      async end() {
        await byHand(`UPDATE avatar_generations SET status = 'requested', pending_at = NULL WHERE id = $1`, [waiting]);
        await Promise.all(workers.map((one) => one.start()));
        await ended(waiting);
      },
    },
    'a release lacks a workflow that runs': {
      begin: () => workflows().workflow.start('removed', { workflowId: `removed-${queue()}`, taskQueue: queue() }),
      end: () => workflows().workflow.getHandle(`removed-${queue()}`).terminate(),
    },
    'a balance is changed by hand': {
      async begin() {
        await addCredits(1);
        await workflows().schedule.getHandle(`audit-ledger-${queue()}`).trigger();
      },
      end: () => addCredits(-1),
    },
    'a generation holds credits for two hours': {
      async begin() {
        replicate.script({ on: 'prediction', fault: 'stuck', promptIncludes: 'a sleeper', times: ALWAYS });
        holding = await generate('a sleeper');
        await until(async () => (await statusOf(holding)) === 'processing');
        await byHand(
          `UPDATE credit_transfers SET created_at = created_at - interval '2 hours' WHERE generation_id = $1`,
          [holding],
        );
      },
      end: () => client.ok('cancelGeneration', { token: user.token, id: holding }),
    },
    'the database does not answer': {
      disturbs: true,
      begin: async () => database.fallSilent(),
      meanwhile: () => client.raw('readProfile', { token: user.token }),
      async end() {
        database.recover();
        await until(async () => (await client.raw('readProfile', { token: user.token })).ok);
      },
    },
    'all APIs are killed': {
      disturbs: true,
      begin: () => Promise.all(apis.map((one) => one.kill())),
      end: () => Promise.all(apis.map((one) => one.start())),
    },
  };

  const named = Object.entries(FAULTS) as [AlertFault, Fault][];
  const fireAndEnd = async (fault: AlertFault, { begin, meanwhile, end }: Fault) => {
    const alerts: readonly string[] = ALERT_FAULTS[fault];
    const haveEnded = async () => [...(await prometheus.firing())].every((name) => !alerts.includes(name));
    await until(haveEnded, { timeoutMs: ALERTS_LIMIT_MS, what: 'the end of earlier faults' });
    await begin();
    const unseen = new Set(alerts);
    const areSeen = async () => {
      await meanwhile?.();
      for (const alert of await prometheus.firing()) unseen.delete(alert);
      return unseen.size === 0;
    };
    await until(areSeen, { timeoutMs: ALERTS_LIMIT_MS, what: `the beginning of ${alerts.join(' and ')}` });
    await end();
    await until(haveEnded, { timeoutMs: ALERTS_LIMIT_MS, what: `the end of ${alerts.join(' and ')}` });
    seen.push(...alerts);
  };

  it('are silent while all is well', async () => {
    await avatar('a gardener');
    await sleep(CALM_MS);
    expect([...(await prometheus.firing())]).toEqual([]);
  });
  it('have dashboards, all of whose queries Prometheus answers under load, with values', async () => {
    const queries = DASHBOARDS.flatMap(({ panels }) =>
      panels.flatMap((panel) => panel.queries.map(({ expr }) => expr)),
    );
    const withoutValues = async () => {
      const counts = queries.map((expr) => prometheus.countSeries(expr.replaceAll('$__rate_interval', RATE_INTERVAL)));
      const known = await Promise.all(counts);
      return queries.filter((_, index) => known[index] === 0);
    };
    const areMissingUnderLoad = async () => {
      await Promise.all(Array.from({ length: AT_ONCE }, () => avatar('a gardener')));
      return (await withoutValues()).filter((expr) => !OF_RARE_EVENTS.test(expr));
    };
    await expect.poll(areMissingUnderLoad, { timeout: ALERTS_LIMIT_MS }).toEqual([]);
    const rare = (await withoutValues()).length;
    reportFigure(`${queries.length} queries of the dashboards were answered, ${queries.length - rare} with values`);
  });
  const isDisturbing = ([, { disturbs }]: [AlertFault, Fault]) => disturbs === true;
  it.concurrent.each(named.filter((one) => !isDisturbing(one)))(
    'fire while %s, and end afterwards',
    async (...fault) => {
      await expect(fireAndEnd(...fault)).resolves.toBeUndefined();
    },
  );
  it.each(named.filter(isDisturbing))('fire while %s, and end afterwards', async (...fault) => {
    await expect(fireAndEnd(...fault)).resolves.toBeUndefined();
  });
});
