import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DASHBOARDS } from '#ops/grafana/dashboards.ts';
import { ALERT_SERIES, promtoolTests } from './alert-series.ts';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import { createApiClient } from '../api/api-client.ts';
import { ALWAYS } from '../fakes/faults/fault.ts';
import { createFakeReplicate, type FakeReplicate } from '../fakes/replicate/fake-replicate.ts';
import { openServiceEnvironment, type ServiceEnvironment } from '../processes/service-environment.ts';
import { asOwner } from '../support/as-owner.ts';
import { silentProxy } from '../support/database/silent-proxy.ts';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import type { RunningProgram } from '../support/processes.ts';
import { sharedStack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { ensurePrometheus, runPromtool, startPrometheus, type Prometheus } from './prometheus.ts';

/** Installs Prometheus, starts processes, and waits for a dozen alerts of seconds each. */
const TIMEOUT_MS = 8 * 60_000;
/** More than one image at the price of the fake's model, less than two. */
const BUDGET_USD = '0.0031';
const OLD_MS = 700_000;

const alerts = (parse(await readFile('ops/prometheus/alerts.yml', 'utf8')) as Rules).groups.flatMap(({ rules }) =>
  rules.map(({ alert }) => alert),
);
interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
}

describe('the series of the alerts', () => {
  it('are there for each alert, and for no other', () => {
    expect(Object.keys(ALERT_SERIES).toSorted()).toEqual(alerts.toSorted());
  });
});

describe.runIf(readLongRun('alerts'))('the alerts', { timeout: TIMEOUT_MS }, () => {
  let service: ServiceEnvironment;
  let replicate: FakeReplicate;
  let prometheus: Prometheus;
  let [api, first, second]: RunningProgram[] = [];
  let address: string;
  let database: Awaited<ReturnType<typeof silentProxy>>;
  const fired: string[] = [];

  const fires = async (...names: string[]) => {
    for (const name of names) {
      await prometheus.firing(name);
      fired.push(name);
    }
  };
  const addressOf = async (program: RunningProgram, field: string) =>
    (JSON.parse(await program.waitForOutput(new RegExp(`"${field}":`, 'u'))) as Record<string, string>)[field]!;
  const host = (url: string) => new URL(url).host;

  beforeAll(async () => {
    await ensurePrometheus();
    [service, replicate] = await Promise.all([openServiceEnvironment(), createFakeReplicate()]);
    database = await silentProxy(service.env['DATABASE_URL']!);
    const workers = { REPLICATE_API_TOKEN: replicate.token, REPLICATE_BASE_URL: replicate.url, GENERATE_SLOTS: '1' };
    api = service.run(['api/server.ts'], {
      DATABASE_URL: database.url,
      PROVIDERS: 'replicate',
      REPLICATE_API_TOKEN: replicate.token,
      REPLICATE_BUDGET_USD_DAY: BUDGET_USD,
    });
    [first, second] = [1, 2].map(() => service.run(['temporal/worker/worker.ts'], workers));
    address = await addressOf(api, 'address');
    const [internal, ...metrics] = await Promise.all([
      addressOf(api, 'internalAddress'),
      addressOf(first!, 'metricsAddress'),
      addressOf(second!, 'metricsAddress'),
    ]);
    prometheus = await startPrometheus({
      api: [host(internal)],
      worker: metrics.map(host),
      temporal: [host(sharedStack().temporalMetricsUrl)],
    });
  }, TIMEOUT_MS);
  afterAll(async () => {
    reportFigure(`${fired.length} of ${alerts.length} alerts fired from real processes: ${fired.join(', ')}`);
    await prometheus?.close();
    await service?.close();
    await Promise.all([database?.close(), replicate?.stop()]);
  });

  it('all fire on series of a fault, and are silent on series without, by promtool', async () => {
    await expect(runPromtool(promtoolTests)).resolves.toBeUndefined();
    reportFigure(`${alerts.length} alerts fire and are silent by promtool`);
  });

  it('fire from real processes whose provider, workers and database fail', async () => {
    const client = createApiClient(address);
    const token = await createDemoTokens(service.signingKey).forUser({ sub: 'test|alerts', tier: 'pro' });
    const { body: project } = await client.ok('createProject', { token, body: { name: 'Alerts' } });
    const generate = async () => {
      const body = { sourceType: 'text_to_image', prompt: 'a pilot of a mail plane' } as const;
      return (await client.ok('createGeneration', { token, id: project.id, body })).body.id;
    };
    const ended = (count: number) =>
      until(() => (first!.output() + second!.output()).split('"msg":"generation ended"').length > count);

    // Nothing fires while all is well.
    await generate();
    await ended(1);
    await sleep(20_000);
    const about = ['WorkersDown', 'SomeWorkersDown', 'ApiDown', 'SomeApisDown', 'TemporalDown', 'DatabaseUnavailable'];
    const users = [
      'GenerationsFail',
      'GenerationsBurnFast',
      'QueueStalled',
      'ApiErrors',
      'ProviderFails',
      'CircuitsOpen',
    ];
    for (const alert of [...about, ...users]) expect([alert, await prometheus.isFiring(alert)]).toEqual([alert, false]);
    await fires('BudgetNearlySpent');
    const queries = DASHBOARDS.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries));
    const counts = await Promise.all(
      queries.map(({ expr }) => prometheus.query(expr.replaceAll('$__rate_interval', '15s'))),
    );
    reportFigure(`${counts.filter((count) => count > 0).length} of ${queries.length} queries of dashboards have data`);

    replicate.script({ on: 'prediction', fault: 'failed', times: ALWAYS });
    for (let index = 0; index < 6; index += 1) await generate();
    await fires('GenerationsFail', 'GenerationsBurnFast', 'ProviderFails', 'CircuitsOpen');

    second!.child.kill('SIGKILL');
    await fires('SomeWorkersDown');
    first!.child.kill('SIGSTOP');
    const waiting = await generate().catch(() => undefined);
    expect(waiting).toBeDefined();
    first!.child.kill('SIGKILL');
    await fires('WorkersDown');

    // As if it had been admitted long ago: the age comes from its row.
    await asOwner(service.databaseOwnerUrl, async (owner) => {
      await owner.query("SET session_replication_role = 'replica'");
      await owner.query(
        `UPDATE avatar_generations SET status = 'pending', pending_at = now() - $2 * interval '1 ms' WHERE id = $1`,
        [waiting, OLD_MS],
      );
    });
    await fires('BacklogOld', 'QueueStalled');

    database.fallSilent();
    void Promise.allSettled(Array.from({ length: 20 }, () => client.problem('readProfile', { token })));
    await fires('DatabaseUnavailable', 'ApiErrors', 'RequestsBurnFast');
    api!.child.kill('SIGKILL');
    await fires('SomeApisDown', 'ApiDown');
    expect(fired.length).toBeGreaterThanOrEqual(6);
  });
});
