import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const run = promisify(execFile);
const FOLDER = new URL('../../ops/prometheus/', import.meta.url);
const INSTALL_LIMIT_MS = 10 * 60_000;
const PLEASE_INSTALL =
  'This run needs Prometheus and promtool. Install them (Debian, Ubuntu: apt-get install prometheus).';
const rules = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(z.looseObject({ alert: z.string(), expr: z.string(), for: z.string().optional() })),
    }),
  ),
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
