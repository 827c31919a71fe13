import { execFile, spawn, type ChildProcess } from 'node:child_process';
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
/** What a window or a wait of an alert becomes, so that an hour is seconds. Thresholds stay as they are. */
const [WINDOW, WAIT] = ['15s', '3s'];

const rules = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(z.looseObject({ alert: z.string(), expr: z.string(), for: z.string().optional() })),
    }),
  ),
});
const answer = z.object({
  status: z.literal('success'),
  data: z.object({ result: z.array(z.object({ metric: z.record(z.string(), z.string()) })) }),
});

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
  /** @throws Error if it is no valid query. @returns how many series it has */
  query(expr: string): Promise<number>;
  /** Waits until the alert fires. */
  firing(alert: string): Promise<void>;
  isFiring(alert: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Starts Prometheus with our alerts on these targets, by job, each second. Windows and waits of the alerts are seconds. */
export async function startPrometheus(targets: Readonly<Record<string, readonly string[]>>): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'avatar-prometheus-'));
  const port = await createPortChooser(() => undefined).choose('Prometheus', 0);
  const { groups } = rules.parse(parse(await readFile(new URL('alerts.yml', FOLDER), 'utf8')));
  const quick = groups.map((group) => ({ ...group, rules: group.rules.map(quickened) }));
  await writeFile(join(folder, 'alerts.yml'), stringify({ groups: quick }));
  await writeFile(
    join(folder, 'prometheus.yml'),
    stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
      rule_files: ['alerts.yml'],
      scrape_configs: Object.entries(targets).map(([job, hosts]) => ({
        job_name: job,
        static_configs: [{ targets: hosts }],
      })),
    }),
  );
  const server: ChildProcess = spawn(
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
  await until(
    () =>
      fetch(`${url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { what: 'Prometheus' },
  );

  const query = async (expr: string): Promise<number> => {
    const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expr })}`);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${expr}: ${JSON.stringify(body)}`);
    return answer.parse(body).data.result.length;
  };
  const isFiring = async (alert: string) => (await query(`ALERTS{alertname="${alert}",alertstate="firing"}`)) > 0;
  return {
    query,
    isFiring,
    firing: (alert) => until(() => isFiring(alert), { what: `the alert ${alert}` }).then(() => undefined),
    async close() {
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function quickened<Rule extends { readonly expr: string; readonly for?: string | undefined }>(rule: Rule): Rule {
  const expr = rule.expr.replaceAll(/\[\d+[mhd](:1m)?\]/g, (_, isSubquery) => `[${WINDOW}${isSubquery ? ':1s' : ''}]`);
  return { ...rule, expr, ...(rule.for !== undefined && { for: WAIT }) };
}
