import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { metricsIn, ownMetrics } from '#tests/containers/exported-metrics.ts';
import scraped from '#tests/containers/scraped-metrics.json' with { type: 'json' };
import { DASHBOARDS } from './dashboards.ts';
import { dashboardJson, type Panel } from './panels.ts';

const FOLDER = join(import.meta.dirname, 'dashboards');
/** Prometheus' own. */
const BUILT_IN = ['up'];

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}
const { groups } = parse(readFileSync(join(import.meta.dirname, '../prometheus/alerts.yml'), 'utf8')) as Rules;
/** By the title of its panel or alert. */
const EXPRESSIONS = [
  ...DASHBOARDS.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries }) => queries.map(({ expr }): [string, string] => [title, expr])),
  ),
  ...groups.flatMap(({ rules }) => rules.map(({ alert, expr }): [string, string] => [alert, expr])),
].map(([title, expr]): [string, string] => [title, expr.replaceAll('$__rate_interval', '5m')]);

describe('dashboards and alerts', async () => {
  // What a worker's SDK, the Temporal server and node_exporter export, from a scrape. `npm run long -- alerts` runs the queries.
  const exported = new Set([...BUILT_IN, ...(await ownMetrics()), ...scraped.sdk, ...scraped.server, ...scraped.node]);

  it.each(EXPRESSIONS)('%s is PromQL of metrics that exist', (_, expr) => {
    const used = metricsIn(expr);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !exported.has(name))).toEqual([]);
  });

  it('show every metric of ours that is not about Node itself', async () => {
    const shown = new Set(EXPRESSIONS.flatMap(([, expr]) => metricsIn(expr)));
    const own = (await ownMetrics()).filter((name) => name.startsWith('avatar_') || name.startsWith('http_'));
    expect(own.filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe('the dashboards', () => {
  it('are those that Grafana loads: npm run dashboards', () => {
    const loaded = readdirSync(FOLDER).map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as object);
    const byTitle = (all: object[]) => all.map((one) => JSON.stringify(one)).toSorted();
    expect(byTitle(loaded)).toEqual(byTitle(DASHBOARDS.map(dashboardJson)));
  });

  it.each(DASHBOARDS)('$uid: panels have titles of their own, fit the width and do not overlap', (dashboard) => {
    const { panels } = dashboardJson(dashboard) as { panels: { title: string; gridPos: Grid }[] };
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('name the curves of a panel that has several', () => {
    const panels = DASHBOARDS.flatMap((dashboard): readonly Panel[] => dashboard.panels);
    const unnamed = panels.filter(
      ({ queries }) => queries.length > 1 && queries.some(({ legend = '' }) => legend === ''),
    );
    expect(unnamed).toEqual([]);
  });
});

interface Grid {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
