import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { ALERT_SERIES, promtoolTests } from './alert-series.ts';
import { ensurePrometheus, runPromtool } from './prometheus.ts';

/** Installs Prometheus if it is missing. */
const TIMEOUT_MS = 8 * 60_000;

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
}
const { groups } = parse(await readFile('ops/prometheus/alerts.yml', 'utf8')) as Rules;
const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));

describe('the series of the alerts', () => {
  it('are there for each alert, and for no other', () => {
    expect(Object.keys(ALERT_SERIES).toSorted()).toEqual(alerts.toSorted());
  });
});

describe.runIf(readLongRun('alerts'))('the alerts', { timeout: TIMEOUT_MS }, () => {
  it('all fire on series of a fault, and are silent on series without, by promtool', async () => {
    await ensurePrometheus();
    await expect(runPromtool(promtoolTests)).resolves.toBeUndefined();
    reportFigure(`${alerts.length} alerts fire and are silent by promtool`);
  });
});
