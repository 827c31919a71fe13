import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pino } from 'pino';
import { listen, type Listening } from '#drizzle/connection/listen.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { TooManyWaiting } from './account-turns.ts';
import { createDecodeTurns } from './decode-turns.ts';

const fixture = useDatabase({ poolSize: 2 });
const WORK_MS = 30;
let sessions: Listening[];

/** A session of another API process each. */
beforeAll(async () => {
  sessions = await Promise.all([open(), open()]);
});
afterAll(() => Promise.all(sessions.map((session) => session.close())));

async function open(): Promise<Listening> {
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  const session = listen({
    connectionString: fixture.urls.url,
    applicationName: 'decode turns',
    channels: [],
    log: pino({ level: 'silent' }),
    onNotification: () => undefined,
    onConnected: resolve,
  });
  await connected;
  return session;
}

it('lets one process at a time decode for an account, and others for other accounts meanwhile', async () => {
  const turns = sessions.map((session) => createDecodeTurns(session, 'upload'));
  const running = new Map<string, number>();
  const most = new Map<string, number>();
  const work = (accountId: string) => async () => {
    const now = (running.get(accountId) ?? 0) + 1;
    running.set(accountId, now);
    most.set(accountId, Math.max(most.get(accountId) ?? 0, now));
    most.set(
      'all',
      Math.max(
        most.get('all') ?? 0,
        [...running.values()].reduce((sum, each) => sum + each),
      ),
    );
    await sleep(WORK_MS);
    running.set(accountId, running.get(accountId)! - 1);
  };
  await Promise.all(turns.flatMap((turn) => ['a', 'b'].map((accountId) => turn(accountId, work(accountId)))));
  expect(Object.fromEntries(most)).toEqual({ a: 1, b: 1, all: 2 });
});

it('frees the turn after a failure, and refuses work that has waited for too long', async () => {
  const [first, second] = [createDecodeTurns(sessions[0]!, 'upload'), createDecodeTurns(sessions[1]!, 'upload', 0)];
  const end = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const failing = first('a', async () => {
    started.resolve();
    await end.promise;
    throw new Error('failed');
  });
  await started.promise;
  await expect(second('a', async () => 'late')).rejects.toBeInstanceOf(TooManyWaiting);
  const conversions = createDecodeTurns(sessions[1]!, 'conversion', 0);
  expect(await conversions('a', async () => 'converted meanwhile')).toBe('converted meanwhile');
  end.resolve();
  await expect(failing).rejects.toThrow('failed');
  await expect.poll(() => second('a', async () => 'done').catch(() => undefined)).toBe('done');
});

it('does the work without a session', async () => {
  const turn = createDecodeTurns({ query: async () => undefined }, 'upload');
  expect(await turn('a', async () => 'done')).toBe('done');
});
