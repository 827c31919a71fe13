import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDemoTokens, type DemoTokens } from '#api/auth/demo-tokens.ts';
import { collectLog } from '../support/collected-logs.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import {
  createTestBucket,
  createTestDatabase,
  type TestDatabase,
  uniqueSuffix,
  storageEnvironment,
} from '../support/stack.ts';
import { until } from '../support/until.ts';
import { createApiClient, problemOf } from './api-client.ts';
import { readEvents } from './event-reader.ts';
import { testKey } from './serve-api.ts';

/** No server listens there. */
const NOWHERE = '127.0.0.1:1';
const START_TIMEOUT_MS = 50_000;

let database: TestDatabase;
let folder: string;
let tokens: DemoTokens;
let environment: NodeJS.ProcessEnv;
/** Processes of one test each. */
const children = new Set<ChildProcess>();
/** An API that starts without Temporal, for all tests that don't end it. */
let running: { readonly child: ChildProcess; readonly address: string };

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'avatar-studio-api-'));
  const key = testKey();
  tokens = createDemoTokens(key);
  const keyFile = join(folder, 'auth.pem');
  await writeFile(keyFile, key);
  const storage = await createTestBucket();
  environment = {
    PATH: process.env['PATH'],
    ...COMPILE_CACHE,
    DATABASE_URL: database.apiUrl,
    TEMPORAL_ADDRESS: NOWHERE,
    ...storageEnvironment(storage),
    DEMO_SIGN_IN: 'on',
    AUTH_PRIVATE_KEY_FILE: keyFile,
    API_PORT: '0',
    INTERNAL_PORT: '0',
    DRAIN_MS: '0',
  };
  running = await open(environment);
  children.delete(running.child);
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});
afterAll(async () => {
  running.child.kill('SIGKILL');
  await database.drop();
  await rm(folder, { recursive: true });
});

function run(env: NodeJS.ProcessEnv): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['api/server.ts'], { env });
  children.add(child);
  let output = '';
  const collect = collectLog('api-server');
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      collect(chunk.toString());
    });
  }
  return { child, output: () => output };
}

async function open(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; address: string }> {
  const { child, output } = run(env);
  const address = await until(async () => /"address":"([^"]+)"/.exec(output())?.[1], {
    timeoutMs: START_TIMEOUT_MS,
    what: 'the address of the API',
  });
  return { child, address };
}

describe('the API process', () => {
  it('accepts requests while Temporal is unavailable, and reports it in /readyz', async () => {
    const { address } = running;
    const readiness = await fetch(`${address}/readyz`);
    expect(readiness.status).toBe(200);
    expect(await readiness.json()).toEqual({
      status: 'degraded',
      checks: { postgres: 'ok', temporal: 'unavailable', gcs: 'ok' },
    });
    const client = createApiClient(address);
    const token = await tokens.forUser({ sub: `test|${uniqueSuffix()}`, tier: 'free' });
    const { body: project } = await client.ok('createProject', { token, body: { name: 'Faces' } });
    const body = { sourceType: 'text_to_image', prompt: 'a ferryman' } as const;
    const started = await client.ok('createGeneration', { token, id: project.id, body });
    expect(started).toMatchObject({ status: 202, body: { status: 'requested' } });
    const cancelled = await client.ok('cancelGeneration', { token, id: started.body.id });
    expect(cancelled.body.status).toBe('cancelled');
  });

  it('starts while the database is unavailable, and is not ready', async () => {
    const { address } = await open({ ...environment, DATABASE_URL: `postgres://app:x@${NOWHERE}/none` });
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    const readiness = await fetch(`${address}/readyz`);
    expect(readiness.status).toBe(503);
    expect(readiness.headers.get('Retry-After')).not.toBeNull();
    expect(await readiness.clone().json()).toMatchObject({ checks: { postgres: 'unavailable' } });
    await problemOf(readiness);
    const token = await tokens.forUser({ sub: 'test|nobody', tier: 'free' });
    const { body } = await createApiClient(address).problem('readProfile', { token });
    expect(body).toMatchObject({ status: 503, code: 'unavailable' });
  });

  it('exits with 0 on SIGTERM, and ends event streams with a retry hint', async () => {
    const { child, address } = await open(environment);
    const token = await tokens.forUser({ sub: `test|${uniqueSuffix()}`, tier: 'free' });
    const stream = await readEvents(`${address}/api/v1/events`, token);
    await stream.until(({ name }) => name === 'snapshot');
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await stream.ended;
    expect(stream.retries).toHaveLength(2);
    expect(await exited).toEqual([0, null]);
  });

  it('does not start with an invalid environment, and prints the reason in one line', async () => {
    const { child, output } = run({ ...environment, API_PORT: 'eighty' });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output().trim().split('\n')).toEqual([expect.stringContaining('API_PORT')]);
  });

  it('does not start with open demo sign-in when an identity provider variable is misspelled', async () => {
    const { child, output } = run({ ...environment, NODE_ENV: 'production', OIDC_ISUER: 'https://id.example' });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toMatch(
      /^[^\n]*OIDC_ISUER: unknown variable; did you mean OIDC_ISSUER\?[^\n]*DEMO_SIGN_IN[^\n]*\n$/,
    );
  });

  it('prints one line when its port is taken', async () => {
    const { address } = running;
    const { child, output } = run({ ...environment, API_PORT: new URL(address).port });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output().trim().split('\n').at(-1)).toContain(new URL(address).port);
  });
});

describe('npm run token', () => {
  it('prints a token that the API accepts', async () => {
    const { address } = running;
    const args = ['api/auth/print-token.ts', '--user', 'zoe', '--tier', 'plus'];
    const child = spawn(process.execPath, args, { env: environment });
    let token = '';
    child.stdout.on('data', (chunk: Buffer) => void (token += chunk.toString()));
    expect(await once(child, 'exit')).toEqual([0, null]);
    const { body } = await createApiClient(address).ok('readProfile', { token: token.trim() });
    expect(body).toMatchObject({ tier: 'plus', name: 'zoe' });
  });

  it('prints where it searched when there is no key', async () => {
    const env = { ...environment, AUTH_PRIVATE_KEY_FILE: '', DATA_DIR: folder };
    const child = spawn(process.execPath, ['api/auth/print-token.ts', '--user', 'zoe'], { env });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => void (printed += chunk.toString()));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(printed.trim()).toBe(
      `There is no key in ${folder}/keys/auth-es256.pem: run npm start to create one, or pass another file with --key`,
    );
  });
});
