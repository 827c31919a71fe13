import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { DYNAMIC_CONFIG } from '#stack/temporal/dynamic-config.ts';
import { createMetrics as createWorkerMetrics } from '#temporal/worker/metrics.ts';
import { sharedStack } from '../support/stack.ts';
import { PROJECT_DIR } from './compose-project.ts';
import { metricsIn } from './exported-metrics.ts';

const rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const read = (path: string) => readFile(join(PROJECT_DIR, path), 'utf8');

describe('alerts', () => {
  it('know the metrics that this Temporal server exports', async () => {
    const { server } = z
      .object({ server: z.array(z.string()) })
      .parse(JSON.parse(await read('tests/containers/scraped-metrics.json')));
    const text = await (await fetch(sharedStack().temporalMetricsUrl)).text();
    const exported = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    // Each series appears with its first event, so a server that has done less exports fewer.
    expect(server.filter((name) => exported.has(name)).length).toBeGreaterThan(server.length / 2);
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
