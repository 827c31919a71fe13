import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics as createApiMetrics } from '#api/metrics.ts';
import { createStateMetrics } from '#api/state-metrics.ts';
import { DYNAMIC_CONFIG } from '#stack/temporal/dynamic-config.ts';
import { createMetrics as createWorkerMetrics } from '#temporal/worker/metrics.ts';
import { sharedStack } from '../support/stack.ts';
import { PROJECT_DIR } from './compose-project.ts';

/** Those of the Temporal SDK that alerts use; tests/processes/worker-log.test.ts reads them from a worker. */
const SDK_METRICS = [
  'temporal_workflow_task_schedule_to_start_latency_seconds',
  'temporal_activity_schedule_to_start_latency_seconds',
  'temporal_workflow_task_execution_failed_total',
];

const rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

const read = (path: string) => readFile(join(PROJECT_DIR, path), 'utf8');

/** Every PromQL expression of the alerts and the dashboard, with the title of its alert or panel. */
async function expressions(): Promise<[string, string][]> {
  const { groups } = rules.parse(parse(await read('ops/prometheus/alerts.yml')));
  const { panels } = dashboard.parse(JSON.parse(await read('ops/grafana/dashboards/avatar-studio.json')));
  return [
    ...groups.flatMap((group) => group.rules.map(({ alert, expr }): [string, string] => [alert, expr])),
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
  ].map(([title, expr]) => [title, expr.replaceAll('$__rate_interval', '5m')]);
}

/** The metrics that API, worker and Temporal export, without the suffixes of histograms. */
async function exportedMetrics(): Promise<Set<string>> {
  const registries = [
    createApiMetrics({
      queueDepth: async () => [],
      flaggedAccounts: async () => undefined,
      recommendedWorkers: async () => undefined,
    }).registry,
    createWorkerMetrics().registry,
  ];
  createStateMetrics(registries[0]!, {
    oldestWaiting: async () => [],
    openCircuits: async () => 0,
    spentShares: async () => ({}),
    storageBytes: async () => 0,
    connections: () => ({ total: 0, idle: 0, waiting: 0 }),
  });
  const own = await Promise.all(registries.map((registry) => registry.getMetricsAsJSON()));
  const temporal = await (await fetch(sharedStack().temporalMetricsUrl)).text();
  const temporalNames = [...temporal.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
  return new Set([...own.flat().map(({ name }) => name), ...temporalNames, ...SDK_METRICS, 'up']);
}

function metricsIn(expression: string): string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`not PromQL at character ${node.from}: ${expression}`);
      if (node.name !== 'VectorSelector') return;
      const text = expression.slice(node.from, node.to);
      names.push(/^\w+/.exec(text)?.[0].replace(/_(bucket|sum|count)$/, '') ?? text);
    },
  });
  return names;
}

describe('alerts and the dashboard', () => {
  it('are valid PromQL and use only metrics that our processes and Temporal export', async () => {
    const exported = await exportedMetrics();
    const used = (await expressions()).flatMap(([title, expr]) => metricsIn(expr).map((name) => [title, name]));
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter(([, name]) => !exported.has(name ?? ''))).toEqual([]);
  });

  it('alert on every metric about the ledger, the reconciler and the oldest hold', async () => {
    const { groups } = rules.parse(parse(await read('ops/prometheus/alerts.yml')));
    const watched = new Set(groups.flatMap((group) => group.rules.flatMap(({ expr }) => metricsIn(expr))));
    const metrics = (await createWorkerMetrics().registry.getMetricsAsJSON()).map(({ name }) => name);
    const required = metrics.filter((name) => /^avatar_(ledger|reconcile|oldest_hold)_/.test(name));
    expect(required.length).toBeGreaterThan(6);
    expect(required.filter((name) => !watched.has(name))).toEqual([]);
  });

  it('have a section each in the runbook, and the runbook has no others', async () => {
    const { groups } = rules.parse(parse(await read('ops/prometheus/alerts.yml')));
    const [, runbook = ''] = (await read('docs/operations.md')).split('## When an alert fires');
    const sections = [...runbook.matchAll(/^### (.+)$/gm)].flatMap(([, names = '']) => names.split(', '));
    expect(sections.toSorted()).toEqual(groups.flatMap((group) => group.rules.map(({ alert }) => alert)).toSorted());
  });

  it('scrape every process that exports metrics at its address in docker-compose.yml', async () => {
    const config = await read('ops/prometheus/prometheus.yml');
    for (const target of ['api:8081', 'names: [worker]', 'port: 9091', 'temporal:9090'])
      expect(config).toContain(target);
  });
});

describe("the containers' Temporal", () => {
  it('has the same dynamic configuration as the embedded server', async () => {
    const config = z
      .record(z.string(), z.tuple([z.object({ value: z.union([z.string(), z.number(), z.boolean()]) })]))
      .parse(parse(await read('ops/temporal/dynamic-config.yaml')));
    const values = Object.fromEntries(Object.entries(config).map(([key, [{ value }]]) => [key, value]));
    expect(values).toEqual(DYNAMIC_CONFIG);
  });
});
