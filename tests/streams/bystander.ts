import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
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
  /** Until the kernel and the process have accepted a new connection and answered on it. */
  readonly answerMs: Spread;
  /** Until the kernel has connected. */
  readonly connectMs: Spread;
  readonly requests: number;
  /** Statuses other than 200, and errors. */
  readonly failures: readonly string[];
}

/** Sends small requests to a process from now on, each over a new connection. @returns a function that ends this */
export function startBystander({ port }: { readonly port: number }, token: string): () => Promise<Felt> {
  const answers: number[] = [];
  const connects: number[] = [];
  const failures: string[] = [];
  const end = new AbortController();

  async function send(path: string): Promise<void> {
    const startedAt = monotonicMs();
    const headers = { authorization: `Bearer ${token}` };
    const sent = request({ port, host: '127.0.0.1', path, headers, agent: false, timeout: REQUEST_TIMEOUT_MS });
    sent.once('socket', (socket) => socket.once('connect', () => connects.push(monotonicMs() - startedAt)));
    sent.once('timeout', () => sent.destroy(new Error(`no answer within ${REQUEST_TIMEOUT_MS} ms`)));
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    await text(response);
    answers.push(monotonicMs() - startedAt);
    if (response.statusCode !== 200) failures.push(`${path} ${response.statusCode}`);
  }

  async function run(): Promise<void> {
    for (let sent = 0; !end.signal.aborted; sent += 1) {
      const path = PATHS[sent % PATHS.length]!;
      await send(path).catch((error: Error) => failures.push(`${path} ${error.message}`));
      await sleep(EVERY_MS);
    }
  }

  const running = run();
  return async () => {
    end.abort();
    await running;
    return { answerMs: spreadOf(answers), connectMs: spreadOf(connects), requests: answers.length, failures };
  };
}
