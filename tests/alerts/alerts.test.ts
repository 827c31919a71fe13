import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { ALERT_SERIES, promtoolTests } from './alert-series.ts';
import { ALERT_FAULTS } from './alert-faults.ts';
import { ensurePrometheus, runPromtool, SHORTENED_BY, stretched } from './prometheus.ts';

/** Installs Prometheus if it is missing. */
const TIMEOUT_MS = 8 * 60_000;

interface Rules {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
}
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
}
const { groups } = parse(await readFile('ops/prometheus/alerts.yml', 'utf8')) as Rules;
const rules = groups.flatMap((group) => group.rules);
const alerts = rules.map(({ alert }) => alert);

describe('the series of the alerts', () => {
  it('are there for each alert, and for no other', () => {
    expect(Object.keys(ALERT_SERIES).toSorted()).toEqual(alerts.toSorted());
  });
});

const namesIn = (text: string) => [...text.matchAll(/`(\w+)`/gu)].map(([, name]) => name!);

describe('the alerts that fire on a real stack', () => {
  it('are those that docs/operations.md names, and it says that all others fire on series', async () => {
    const [, section = ''] = (await readFile('docs/operations.md', 'utf8')).split('## Alerts that were seen to fire\n');
    const [onRealStack = '', bySeries = ''] = section.split('\n## ')[0]!.split('by series only');
    const rows = [...onRealStack.matchAll(/^\| ([^|]+?) +\| (`.+`) +\|$/gmu)];
    expect(Object.fromEntries(rows.map(([, fault = '', names = '']) => [fault, namesIn(names)]))).toEqual(ALERT_FAULTS);
    const all = [...Object.values(ALERT_FAULTS).flat(), ...namesIn(bySeries)];
    expect(all.toSorted()).toEqual(alerts.toSorted());
  });

  it('have the real rules there, whose windows and waits are shorter by one factor', () => {
    for (const rule of rules) {
      const short = stretched(rule, 1 / SHORTENED_BY);
      expect(stretched(short, SHORTENED_BY)).toEqual(stretched(rule, 1));
      expect(short.expr.replaceAll(/\[[^\]]+\]/gu, '')).toBe(rule.expr.replaceAll(/\[[^\]]+\]/gu, ''));
    }
  });
});

describe.runIf(readLongRun('alerts'))('the alerts', { timeout: TIMEOUT_MS }, () => {
  it('all fire on series of a fault, and are silent on series without, by promtool', async () => {
    await ensurePrometheus();
    await expect(runPromtool(promtoolTests)).resolves.toBeUndefined();
    reportFigure(`${alerts.length} alerts fire and are silent by promtool`);
  });
});
