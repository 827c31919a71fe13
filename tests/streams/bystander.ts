import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { spreadOf, type Spread } from '#bench/report/statistics.ts';
import { monotonicMs } from './stream-clients.ts';

/** Between two requests: few enough to cost nothing next to what is measured. */
const EVERY_MS = 100;
const REQUEST_TIMEOUT_MS = 30_000;
/** One that is public and reads nothing, and one that reads the token's account. */
const PATHS = ['/healthz', '/api/v1/me'] as const;

/** What a user without an event stream meets, ms. */
export interface Felt {
  /** Until the kernel has connected. */
  readonly connectMs: Spread;
  /** From connecting to the end of the answer. */
  readonly newConnectionMs: Spread;
  /** An answer on a connection that is open already, as those of a load balancer are. */
  readonly openConnectionMs: Spread;
  /** Statuses other than 200, and errors. */
  readonly failures: readonly string[];
}

/**
 * Sends small requests to a process from now on, over new connections and over an open one.
 * @returns once that one is open, a function that ends this
 */
export async function startBystander({ port }: { readonly port: number }, token: string): Promise<() => Promise<Felt>> {
  const connects: number[] = [];
  const failures: string[] = [];
  const end = new AbortController();
  const openConnection = new Agent({ keepAlive: true, maxSockets: 1 });

  async function send(path: string, agent: Agent | false): Promise<number> {
    const startedAt = monotonicMs();
    const headers = { authorization: `Bearer ${token}` };
    const sent = request({ port, host: '127.0.0.1', path, headers, agent, timeout: REQUEST_TIMEOUT_MS });
    sent.once('socket', (socket) => socket.once('connect', () => connects.push(monotonicMs() - startedAt)));
    sent.once('timeout', () => sent.destroy(new Error(`no answer within ${REQUEST_TIMEOUT_MS} ms`)));
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    await text(response);
    if (response.statusCode !== 200) failures.push(`${path} ${response.statusCode}`);
    return monotonicMs() - startedAt;
  }

  async function sendRepeatedly(agent: Agent | false): Promise<Spread> {
    const answers: number[] = [];
    for (let sent = 0; !end.signal.aborted; sent += 1) {
      const path = PATHS[sent % PATHS.length]!;
      const answered = await send(path, agent).catch((error: Error) => void failures.push(`${path} ${error.message}`));
      if (answered !== undefined) answers.push(answered);
      await sleep(EVERY_MS);
    }
    return spreadOf(answers);
  }

  await send(PATHS[0], openConnection);
  const running = Promise.all([sendRepeatedly(false), sendRepeatedly(openConnection)]);
  return async () => {
    end.abort();
    const [newConnectionMs, openConnectionMs] = await running;
    openConnection.destroy();
    return { connectMs: spreadOf(connects), newConnectionMs, openConnectionMs, failures };
  };
}
