import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import { createApiClient } from '../api/api-client.ts';
import { uniqueSuffix } from '../support/stack.ts';

export interface LoadUser {
  readonly token: string;
  readonly projectId: string;
}

/** What a client received for one request. */
export interface Answer {
  /** Undefined when the connection failed. */
  readonly status: number | undefined;
  /** The problem's code, or that of the connection's error. */
  readonly code: string | undefined;
  readonly ms: number;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  /** Of the accepted generation. */
  readonly generationId: string | undefined;
}

const USERS_AT_ONCE = 8;

/** Opens accounts of the tier `pro`, with a project each. An API that has just started refuses many at once. */
export async function openUsers(address: string, signingKey: string, count: number): Promise<LoadUser[]> {
  const [client, tokens] = [createApiClient(address), createDemoTokens(signingKey)];
  const open = async (): Promise<LoadUser> => {
    const token = await tokens.forUser({ sub: `test|${uniqueSuffix()}`, tier: 'pro' });
    const { body: project } = await client.ok('createProject', { token, body: { name: 'Load' } });
    return { token, projectId: project.id };
  };
  const users: LoadUser[] = [];
  while (users.length < count) {
    const some = Math.min(USERS_AT_ONCE, count - users.length);
    users.push(...(await Promise.all(Array.from({ length: some }, open))));
  }
  return users;
}

/** Clients that send generation requests over connections that stay open, each request for the next user. */
export function createLoad(address: string, users: readonly LoadUser[]) {
  const agent = new Agent({ keepAlive: true });
  let sent = 0;

  async function send(): Promise<Answer> {
    const { token, projectId } = users[(sent += 1) % users.length]!;
    const startedAt = performance.now();
    try {
      const sending = request(`${address}/api/v1/projects/${projectId}/generations`, {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
      });
      sending.end(JSON.stringify({ sourceType: 'text_to_image', prompt: 'a pilot of a mail plane' }));
      const [response] = (await once(sending, 'response')) as [IncomingMessage];
      const body = JSON.parse(await text(response)) as { id?: string; code?: string };
      const { statusCode: status, headers } = response;
      const retryAfter = headers['retry-after'] === undefined ? undefined : Number(headers['retry-after']);
      const generationId = status === 202 ? body.id : undefined;
      return { status, code: body.code, ms: performance.now() - startedAt, retryAfter, generationId };
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      return {
        status: undefined,
        code,
        ms: performance.now() - startedAt,
        retryAfter: undefined,
        generationId: undefined,
      };
    }
  }

  return {
    /** Each client sends its next request when the last one was answered, after a pause. */
    async inTurn(clients: number, isOver: () => boolean, pauseMs = 0): Promise<Answer[]> {
      const answers: Answer[] = [];
      const loop = async () => {
        while (!isOver()) {
          answers.push(await send());
          if (pauseMs > 0) await sleep(pauseMs);
        }
      };
      await Promise.all(Array.from({ length: clients }, loop));
      return answers;
    },
    /** Sends at a steady rate, however long the answers take. */
    async atRate(perSecond: number, forMs: number): Promise<Answer[]> {
      const startedAt = performance.now();
      const sending: Promise<Answer>[] = [];
      for (let elapsed = 0; elapsed < forMs; elapsed = performance.now() - startedAt) {
        while (sending.length < (elapsed / 1_000) * perSecond) sending.push(send());
        await sleep(5);
      }
      return Promise.all(sending);
    },
    close: () => agent.destroy(),
  };
}

/** Watches how much a process's memory grows. @returns ends it and returns the growth, bytes */
export async function watchGrowth(pid: number): Promise<() => number> {
  const read = async () => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  };
  const startBytes = await read();
  let mostBytes = startBytes;
  const timer = setInterval(() => void read().then((bytes) => (mostBytes = Math.max(mostBytes, bytes))), 100);
  return () => {
    clearInterval(timer);
    return mostBytes - startBytes;
  };
}
