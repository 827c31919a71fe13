import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { createPortChooser } from '#stack/ports.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const FOLDER = new URL('../../ops/prometheus/', import.meta.url);
const INSTALL_LIMIT_MS = 10 * 60_000;
const PLEASE_INSTALL =
  'This run needs Prometheus and promtool. Install them (Debian, Ubuntu: apt-get install prometheus).';
/** By this, each window and each `for` of an alert is shorter on the real stack. Thresholds stay, those in seconds too. */
export const SHORTENED_BY = 10;
/** An API whose database is silent takes six seconds to say what it still knows. */
const SCRAPE_SECONDS = 8;
const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

const rules = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(z.looseObject({ alert: z.string(), expr: z.string(), for: z.string().optional() })),
    }),
  ),
});
const answer = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});
interface Rule {
  readonly expr: string;
  readonly for?: string | undefined;
}

/** The rule with windows and `for` multiplied by `factor`. @throws Error for one that would not be whole seconds */
export function stretched<Stretched extends Rule>(rule: Stretched, factor: number): Stretched {
  const multiply = (durations: string) =>
    durations.replaceAll(/(\d+)([smhd])/gu, (_, count: string, unit: keyof typeof SECONDS) => {
      const seconds = Math.round(Number(count) * SECONDS[unit] * factor * 1_000) / 1_000;
      if (!Number.isInteger(seconds)) throw new Error(`${durations} times ${factor} is no whole number of seconds`);
      return `${seconds}s`;
    });
  const expr = rule.expr.replaceAll(/\[[^\]]+\]/gu, multiply);
  return { ...rule, expr, ...(rule.for !== undefined && { for: multiply(rule.for) }) };
}

/** @throws Error that says what to install */
export async function ensurePrometheus(): Promise<void> {
  const isInstalled = () =>
    run('promtool', ['--version']).then(
      () => true,
      () => false,
    );
  if (await isInstalled()) return;
  if (process.getuid?.() !== 0) throw new Error(PLEASE_INSTALL);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: INSTALL_LIMIT_MS };
  await run('apt-get', ['update', '-qq'], options).catch(() => undefined);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'prometheus'], options).catch(
    () => undefined,
  );
  if (!(await isInstalled())) throw new Error(PLEASE_INSTALL);
}

/**
 * Evaluates each alert on series. @param testsOf the tests of an alert, whose rule alone is in the file
 * @throws Error with promtool's report if an alert does not do as the series want
 */
export async function runPromtool(testsOf: (alert: string, ruleFile: string) => object): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'avatar-promtool-'));
  try {
    const { groups } = rules.parse(parse(await readFile(new URL('alerts.yml', FOLDER), 'utf8')));
    const files: string[] = [];
    for (const rule of groups.flatMap((group) => group.rules)) {
      const [ruleFile, tests] = [`${rule.alert}.rules.yml`, `${rule.alert}.tests.yml`];
      await writeFile(join(folder, ruleFile), stringify({ groups: [{ name: rule.alert, rules: [rule] }] }));
      await writeFile(join(folder, tests), stringify(testsOf(rule.alert, ruleFile)));
      files.push(tests);
    }
    await run('promtool', ['test', 'rules', ...files], { cwd: folder, maxBuffer: 10_000_000 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}` || String(error), { cause: error });
  } finally {
    await rm(folder, { recursive: true });
  }
}

export interface Prometheus {
  /** The names of the alerts that fire now. */
  firing(): Promise<ReadonlySet<string>>;
  /** How many series with a number the expression has now. @throws Error with the expression that Prometheus refuses */
  countSeries(expression: string): Promise<number>;
  close(): Promise<void>;
}

/** Starts Prometheus with our alerts, whose times are shorter. @param targets host and port of each job's processes */
export async function startPrometheus(targets: Readonly<Record<string, readonly string[]>>): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'avatar-prometheus-'));
  const port = await createPortChooser(() => undefined).choose('Prometheus', 0);
  const { groups } = rules.parse(parse(await readFile(new URL('alerts.yml', FOLDER), 'utf8')));
  const short = groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => stretched(rule, 1 / SHORTENED_BY)),
  }));
  await writeFile(join(folder, 'alerts.yml'), stringify({ groups: short }));
  const scraped = `${SCRAPE_SECONDS}s`;
  await writeFile(
    join(folder, 'prometheus.yml'),
    stringify({
      global: { scrape_interval: scraped, scrape_timeout: scraped, evaluation_interval: '2s' },
      rule_files: ['alerts.yml'],
      scrape_configs: Object.entries(targets).map(([job, hosts]) => ({
        job_name: job,
        static_configs: [{ targets: hosts }],
      })),
    }),
  );
  const server = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const ended = once(server, 'close');
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok;
  await until(isReady, { what: 'Prometheus' });

  const evaluate = async (query: string) => {
    const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
    if (!response.ok) throw new Error(`${query}: ${await response.text()}`);
    return answer.parse(await response.json()).data.result;
  };

  return {
    async firing() {
      const alerts = await evaluate('ALERTS{alertstate="firing"}');
      return new Set(alerts.map(({ metric }) => metric['alertname']!));
    },
    async countSeries(expression) {
      return (await evaluate(expression)).filter(({ value: [, number] }) => number !== 'NaN').length;
    },
    async close() {
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
