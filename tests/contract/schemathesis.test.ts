import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCOPES } from '#contract/profile.ts';
import { createOpenApiDocument } from '#contract/openapi.ts';
import { readLongRun } from '../support/long-run.ts';
import { runProgram } from '../support/processes.ts';
import { installPythonPackages, type PythonEnvironment } from '../support/python-packages.ts';
import { uniqueSuffix } from '../support/stack.ts';
import { createResourcesOverHttp } from './schemathesis/create-resources-over-http.ts';
import { type RunningService, startService } from './schemathesis/running-service.ts';
import { settingsFor } from './schemathesis/settings.ts';

const long = readLongRun('contract');
/** Generated requests per operation, in addition to the boundaries of every field. */
const EXAMPLES = long === undefined ? 1 : 100;
/** Fixed in `npm test`, so that a failure there is always the same. */
const SEED = long?.seed ?? 1;
const RUN_TIMEOUT_MS = (long?.minutes ?? 20) * 60_000;
/** Installing Python packages, and starting API and worker. */
const PREPARE_TIMEOUT_MS = 12 * 60_000;
/** Accounts that the run may erase. */
const ERASABLE_ACCOUNTS = 200;

/** The parts of schemathesis' report that show what was tested. */
interface Report {
  readonly complete: boolean;
  readonly operations: { readonly total: number; readonly tested: number; readonly errored: number };
  readonly phases: Readonly<Record<string, { readonly status: string }>>;
  readonly failures: readonly unknown[];
  readonly errors: readonly unknown[];
}

let python: PythonEnvironment;
let service: RunningService;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avatar-studio-schemathesis-'));
  const requirements = new URL('schemathesis/requirements.txt', import.meta.url);
  const packages = installPythonPackages({ name: 'schemathesis', requirements });
  [python, service] = await Promise.all([packages, startService()]);
}, PREPARE_TIMEOUT_MS);
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true });
});

it(
  'schemathesis finds no failure with all checks on all operations of the running service',
  { timeout: RUN_TIMEOUT_MS },
  async () => {
    const { tokens, address } = service;
    const subject = `test|${uniqueSuffix()}`;
    const user = await tokens.forUser({ sub: subject, tier: 'pro' });
    const admin = await tokens.forUser({ sub: `test|${uniqueSuffix()}`, tier: 'pro', role: 'admin' });
    const serviceToken = await tokens.forService({ sub: 'chat', scopes: [...SCOPES] });
    const erasable = await Promise.all(
      Array.from({ length: ERASABLE_ACCOUNTS }, () => tokens.forUser({ sub: `test|${uniqueSuffix()}`, tier: 'free' })),
    );
    const resources = await createResourcesOverHttp(address, { user, service: serviceToken, subject });
    const settings = settingsFor({
      tokens: { user, admin, service: serviceToken },
      subject,
      resources,
      hooks: 'hooks',
      examples: EXAMPLES,
      isLong: long !== undefined,
      seed: SEED,
    });
    const configuration = join(folder, 'schemathesis.toml');
    const reportFile = join(folder, 'report.json');
    await writeFile(configuration, settings);
    const run = runProgram(
      'python3',
      [
        '-m',
        'schemathesis.cli',
        `--config-file=${configuration}`,
        'run',
        `${address}/openapi.json`,
        '--checks=all',
        '--report=json',
        `--report-json-path=${reportFile}`,
        '--no-color',
      ],
      {
        cwd: folder,
        env: {
          ...process.env,
          ...python,
          PYTHONPATH: `${python['PYTHONPATH']}:${new URL('schemathesis', import.meta.url).pathname}`,
          STUDIO: JSON.stringify({
            user,
            admin,
            erasable,
            resources,
            webhookSecret: service.webhookSecret,
            falSignUrl: service.falSignUrl,
          }),
        },
      },
    );
    const { code } = await run.ended;
    if (code !== 0) console.error(run.output());
    const report = JSON.parse(await readFile(reportFile, 'utf8')) as Report;
    const operations = Object.values(createOpenApiDocument().paths).flatMap((methods) => Object.keys(methods));
    expect(report).toMatchObject({
      complete: true,
      operations: { total: operations.length, tested: operations.length, errored: 0 },
      failures: [],
      errors: [],
    });
    const phases = Object.entries(report.phases).filter(([, { status }]) => status !== 'skip');
    expect(phases.map(([phase, { status }]) => [phase, status])).toEqual(
      ['examples', 'coverage', ...(long === undefined ? [] : ['fuzzing', 'stateful'])].map((phase) => [
        phase,
        'success',
      ]),
    );
    expect(code).toBe(0);
  },
);
