import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import { isBuilt } from '#web/server/built-from.ts';
import { readEvents } from '../api/event-reader.ts';
import { uniqueSuffix } from '../support/stack.ts';
import { openServiceEnvironment, type ServiceEnvironment } from './service-environment.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLIENTS = 4;
/** Before the next request on a connection: without it, they would cost as much as two cores can do. */
const PAUSE_MS = 10;
/** How long the listener stays open: long enough to be observed. */
const DRAIN_MS = 1_500;
const POLL_EVERY_MS = 50;
const TIMEOUT_MS = 300_000;

let service: ServiceEnvironment;
let token: string;

beforeAll(async () => {
  service = await openServiceEnvironment();
  token = await createDemoTokens(service.signingKey).forUser({ sub: `test|${uniqueSuffix()}`, tier: 'free' });
  if (!(await isBuilt(ROOT, join(ROOT, 'web/dist')))) {
    await promisify(execFile)(process.execPath, ['web/build.ts'], { cwd: ROOT });
  }
}, TIMEOUT_MS);
afterAll(() => service.close());

async function start(program: string, readyPattern: RegExp, env: NodeJS.ProcessEnv = {}) {
  const running = service.run([program], env);
  const address = readyPattern.exec(await running.waitForOutput(readyPattern))?.[1] ?? '';
  return { ...running, address };
}
const startApi = (env?: NodeJS.ProcessEnv) => start('api/server.ts', /"address":"([^"]+)"/u, env);

interface LoadResult {
  /** Number of answers by status. */
  readonly answers: Record<string, number>;
  /** Error codes of connections that were cut after a request was sent. */
  readonly cut: string[];
  /** Number of created projects, according to the answers. */
  created: number;
}

/** Sends one request after the other, on keep-alive connections, until the connection is refused. */
async function sendUntilRefused(address: string): Promise<LoadResult> {
  const result: LoadResult = { answers: {}, cut: [], created: 0 };
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_value, client) => {
      const agent = new Agent({ keepAlive: true });
      for (let sent = 1; ; sent += 1) {
        try {
          const { statusCode = 0 } = await createProject(address, agent, `${client}-${sent}`);
          result.answers[statusCode] = (result.answers[statusCode] ?? 0) + 1;
          if (statusCode === 201) result.created += 1;
          await sleep(PAUSE_MS);
        } catch (error) {
          const { code = 'cut' } = error as NodeJS.ErrnoException;
          if (code === 'ECONNREFUSED') return;
          result.cut.push(code);
        }
      }
    }),
  );
  return result;
}

async function createProject(address: string, agent: Agent, name: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const sent = request(`${address}/api/v1/projects`, { method: 'POST', agent, headers });
  sent.end(JSON.stringify({ name }));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  await text(answer);
  return answer;
}

/** Polls `/readyz` over new connections, as a load balancer does, until it is refused. @returns the statuses */
async function pollReadiness(address: string): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (;;) {
    const response = await fetch(`${address}/readyz`, { headers: { connection: 'close' } }).catch(() => undefined);
    if (response === undefined) return statuses;
    statuses.add(response.status);
    await sleep(POLL_EVERY_MS);
  }
}

async function countProjects(): Promise<number> {
  const client = new Client({ connectionString: service.databaseOwnerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ projects: string }>('SELECT count(*) AS projects FROM avatar_projects');
    return Number(rows[0]?.projects);
  } finally {
    await client.end();
  }
}

describe('a process that receives SIGTERM under load', { timeout: TIMEOUT_MS }, () => {
  it('reports not ready while it still listens, and cuts no request (web server, then API)', async () => {
    const api = await startApi({ DRAIN_MS: String(DRAIN_MS) });
    const web = await start('web/server.ts', /listens on (\S+)/u, {
      API_URL: api.address,
      DRAIN_MS: String(DRAIN_MS),
    });
    let created = 0;
    // The web server first, as in a rolling restart.
    for (const { address, child, ended } of [web, api]) {
      const stream = await readEvents(`${address}/api/v1/events`, token);
      await stream.until(({ name }) => name === 'snapshot');
      const [sending, probing] = [sendUntilRefused(address), pollReadiness(address)];
      await sleep(DRAIN_MS / 2);
      child.kill('SIGTERM');
      const [result, statuses] = await Promise.all([sending, probing]);
      expect(result.cut).toEqual([]);
      expect(Object.keys(result.answers)).toEqual(['201']);
      expect(result.created).toBeGreaterThan(CLIENTS);
      created += result.created;
      expect(statuses).toEqual(new Set([200, 503]));
      await stream.ended;
      expect(await ended).toEqual({ code: 0, signal: null });
    }
    // Every created project was answered with 201, and vice versa.
    expect(await countProjects()).toBe(created);
    expect(web.output()).not.toContain('were cut');
    expect(api.output()).not.toContain('were cut');
  });
});
