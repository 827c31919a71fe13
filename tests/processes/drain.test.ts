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
const CLIENTS = 8;
/** The listener stays open for so long: enough to see that it does. */
const DRAIN_MS = 1_500;
const POLL_EVERY_MS = 50;
const TIMEOUT_MS = 120_000;

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

async function start(program: string, opened: RegExp, env: NodeJS.ProcessEnv = {}) {
  const running = service.run([program], env);
  const address = opened.exec(await running.waitForOutput(opened))?.[1] ?? '';
  return { ...running, address };
}
const startApi = (env?: NodeJS.ProcessEnv) => start('api/server.ts', /"address":"([^"]+)"/u, env);

interface Heard {
  /** Answers by status. */
  readonly answers: Record<string, number>;
  /** What sockets met that had sent a request. */
  readonly cut: string[];
  /** Projects that were made, by their answers. */
  created: number;
}

/** Sends without a pause, on kept connections, until nobody listens any more. */
async function sendUntilNobodyListens(address: string): Promise<Heard> {
  const heard: Heard = { answers: {}, cut: [], created: 0 };
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_value, client) => {
      const agent = new Agent({ keepAlive: true });
      for (let sent = 1; ; sent += 1) {
        try {
          const { statusCode = 0 } = await createProject(address, agent, `${client}-${sent}`);
          heard.answers[statusCode] = (heard.answers[statusCode] ?? 0) + 1;
          if (statusCode === 201) heard.created += 1;
        } catch (error) {
          const { code = 'cut' } = error as NodeJS.ErrnoException;
          if (code === 'ECONNREFUSED') return;
          heard.cut.push(code);
        }
      }
    }),
  );
  return heard;
}

async function createProject(address: string, agent: Agent, name: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const sent = request(`${address}/api/v1/projects`, { method: 'POST', agent, headers });
  sent.end(JSON.stringify({ name }));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  await text(answer);
  return answer;
}

/** As a balancer does: what `/readyz` says, over new connections, until nobody listens. */
async function probe(address: string): Promise<Set<number>> {
  const said = new Set<number>();
  for (;;) {
    const response = await fetch(`${address}/readyz`, { headers: { connection: 'close' } }).catch(() => undefined);
    if (response === undefined) return said;
    said.add(response.status);
    await sleep(POLL_EVERY_MS);
  }
}

async function countProjects(): Promise<number> {
  const client = new Client({ connectionString: service.databaseOwnerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ made: string }>('SELECT count(*) AS made FROM avatar_projects');
    return Number(rows[0]?.made);
  } finally {
    await client.end();
  }
}

describe('a process that is told to stop under load', { timeout: TIMEOUT_MS }, () => {
  it('is not ready while it still listens, and cuts no request: the API, and the web server before it', async () => {
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
      const [sending, probing] = [sendUntilNobodyListens(address), probe(address)];
      await sleep(DRAIN_MS / 2);
      child.kill('SIGTERM');
      const [heard, said] = await Promise.all([sending, probing]);
      expect(heard.cut).toEqual([]);
      expect(Object.keys(heard.answers)).toEqual(['201']);
      expect(heard.created).toBeGreaterThan(CLIENTS);
      created += heard.created;
      expect(said).toEqual(new Set([200, 503]));
      await stream.ended;
      expect(await ended).toEqual({ code: 0, signal: null });
    }
    // Each that was made was answered, and the other way round.
    expect(await countProjects()).toBe(created);
    expect(web.output()).not.toContain('were cut');
    expect(api.output()).not.toContain('were cut');
  });
});
