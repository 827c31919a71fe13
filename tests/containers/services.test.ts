import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, type QueryResult } from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoToken } from '#contract/profile.ts';
import { createPortChooser } from '#stack/ports.ts';
import { sharedStack, uniqueSuffix } from '../support/stack.ts';
import { loadComposeProject, LOAD_TIMEOUT_MS, PROJECT_DIR, serviceOf, type ComposeProject } from './compose-project.ts';
import { runOneShot, startService, type NativeService } from './native-service.ts';
import { buildContainerImage, type ContainerImage } from './container-image.ts';

const run = promisify(execFile);

/** Loading the file, building the pages, bundling the workflows. */
const SETUP_TIMEOUT_MS = LOAD_TIMEOUT_MS + 240_000;
const START_TIMEOUT_MS = 120_000;
const SIGNING_SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

describe('our services of docker-compose.yml, run as processes on the files of the image', () => {
  let compose: ComposeProject;
  let containerImage: ContainerImage;
  let keys: string;
  let webUrl: string;
  let apiUrl: string;
  let internalUrl: string;
  let translate: (value: string) => string;
  const database = `containers_${uniqueSuffix()}`;
  const running: NativeService[] = [];

  beforeAll(async () => {
    const ports = createPortChooser(() => undefined);
    const [apiPort, internalPort, metricsPort, webPort] = [
      await ports.choose('the API', 0),
      await ports.choose('the internal API', 0),
      await ports.choose('metrics', 0),
      await ports.choose('the web', 0),
    ];
    [compose, containerImage, keys] = await Promise.all([
      loadComposeProject({
        LOG_LEVEL: 'warn',
        DATABASE_READ_URL: 'postgres://avatar_api@postgres:5432/avatar_studio',
        REPLICATE_WEBHOOK_SECRET: SIGNING_SECRET,
      }),
      buildContainerImage(),
      mkdtemp(join(tmpdir(), 'avatar-keys-')),
    ]);
    await asAdmin(`CREATE DATABASE ${database}`);
    webUrl = `http://127.0.0.1:${webPort}`;
    apiUrl = `http://127.0.0.1:${apiPort}`;
    internalUrl = `http://127.0.0.1:${internalPort}`;
    translate = createTranslation({
      database,
      keys,
      namespace: `containers_${uniqueSuffix()}`,
      bucket: `containers-${uniqueSuffix()}`,
      ports: { 8080: apiPort, 8081: internalPort, 9091: metricsPort, 3000: webPort },
    });
  }, SETUP_TIMEOUT_MS);

  afterAll(async () => {
    await Promise.all(running.map((service) => service.stop()));
    await containerImage.remove();
    await rm(keys, { recursive: true, force: true });
    await asAdmin(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  });

  const native = (name: string) => ({ name, service: serviceOf(compose, name), dir: containerImage.dir, translate });

  it(
    'prepare creates keys, tables, bucket and namespace, and can run repeatedly',
    { timeout: START_TIMEOUT_MS },
    async () => {
      await runOneShot(native('prepare'));
      await expect(runOneShot(native('prepare'))).resolves.toBeUndefined();
    },
  );

  it.each(['api', 'worker', 'web'])('%s becomes healthy', { timeout: START_TIMEOUT_MS }, async (name) => {
    const service = await startService(native(name));
    running.push(service);
    expect(service).toBeDefined();
  });

  it('generate an avatar for the command line through the web server', { timeout: START_TIMEOUT_MS }, async () => {
    const out = join(keys, 'face.webp');
    const { stdout } = await run(
      'node',
      ['cli/avatar.ts', '--prompt', 'a smiling gardener', '--style', 'vector', '--out', out, '--api', webUrl],
      { cwd: PROJECT_DIR },
    );
    expect(stdout).toMatch(/^Saved .*face\.webp \(1024 × 1024, .* It cost 10 credits/);
    // From memory: a process that loads the product opens no image file.
    expect(await sharp(await readFile(out)).metadata()).toMatchObject({ format: 'webp', width: 1024, height: 1024 });
  });

  it('serve the metrics and the internal routes at the internal address only', async () => {
    const statuses = await Promise.all(
      [apiUrl, internalUrl].flatMap((url) =>
        ['/metrics', '/internal/v1/avatars/1'].map(async (path) => (await fetch(url + path)).status),
      ),
    );
    expect(statuses).toEqual([404, 404, 200, 401]);
  });

  it('give the API its webhook secret, its read replica and its trusted proxy', async () => {
    const callback = await fetch(`${apiUrl}/api/v1/webhooks/replicate`, { method: 'POST' });
    expect(callback.status).toBe(401);
    const token = await signInThrough(webUrl);
    const projects = await fetch(`${webUrl}/api/v1/projects`, { headers: { Authorization: `Bearer ${token}` } });
    expect(projects.status).toBe(200);
    await Promise.all([callback.body?.cancel(), projects.body?.cancel()]);
    const { rows } = await asAdmin(
      `SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = '${database}' AND application_name LIKE '% reads'`,
    );
    expect(rows).toEqual([{ application_name: 'avatar-studio api reads' }]);
  });

  it('exit with 0 when they are stopped', { timeout: START_TIMEOUT_MS }, async () => {
    const codes = await Promise.all(running.toReversed().map((service) => service.stop()));
    expect(codes).toEqual([0, 0, 0]);
  });
});

interface LocalNames {
  readonly database: string;
  readonly namespace: string;
  readonly bucket: string;
  readonly keys: string;
  /** Local ports by the containers' ports. */
  readonly ports: Readonly<Record<number, number>>;
}

/** Translates names and addresses of the containers' network to local ones. */
function createTranslation({ database, namespace, bucket, keys, ports }: LocalNames): (value: string) => string {
  const { databaseAdminUrl, databaseApiUrl, databaseWorkerUrl, temporalAddress, storage } = sharedStack();
  const { host: postgres } = new URL(databaseAdminUrl);
  const passwords = new Map(
    [databaseAdminUrl, databaseApiUrl, databaseWorkerUrl].map((url) => [new URL(url).username, new URL(url).password]),
  );
  return (value) => {
    if (value === 'default') return namespace;
    if (value === 'avatar-studio') return bucket;
    const local = value
      .replace(
        /^postgres:\/\/(\w+)@postgres:5432\/\w+$/,
        (_whole, role: string) => `postgres://${role}:${passwords.get(role)}@${postgres}/${database}`,
      )
      .replace('temporal:7233', temporalAddress)
      .replace(/^http:\/\/(gcs|127\.0\.0\.1):4443$/, storage.endpoint ?? '')
      .replace(/^\/keys\//, `${keys}/`)
      .replace(/^10\.197\.83\.6$/, '127.0.0.1')
      .replace('http://api:', 'http://127.0.0.1:')
      .replace(/^0\.0\.0\.0$/, '127.0.0.1');
    return local.replace(
      /^(http:\/\/127\.0\.0\.1:)?(8080|8081|9091|3000)\b/,
      (_whole, host: string | undefined, port: string) => `${host ?? ''}${ports[Number(port)]}`,
    );
  };
}

/** Signs in as Alice. @returns her token */
async function signInThrough(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/demo/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user: 'alice' }),
  });
  return demoToken.parse(await response.json()).token;
}

async function asAdmin(statement: string): Promise<QueryResult> {
  const client = new Client({ connectionString: sharedStack().databaseAdminUrl });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
