import { expect, it } from 'vitest';
import { createOutages } from './outages.ts';
import { restartOnExit } from './restart-on-exit.ts';
import type { StackPart } from './stack-part.ts';

/** A part that notes what happens to it. */
function createPart(): { part: StackPart; log: string[] } {
  const log: string[] = [];
  let exit = Promise.withResolvers<{ code: null; signal: 'SIGKILL' }>();
  const part: StackPart = {
    exited: () => exit.promise,
    stop: async () => undefined,
    kill9: async () => {
      log.push('killed');
      exit.resolve({ code: null, signal: 'SIGKILL' });
    },
    restart: async () => {
      log.push('restarted');
      exit = Promise.withResolvers();
    },
  };
  return { part, log };
}

it.each([
  ['is restarted only after its outage', async () => undefined],
  ['is restarted when the act in its outage fails', async () => Promise.reject(new Error('the act failed'))],
])('a part %s', async (_what, end) => {
  const { part, log } = createPart();
  const outages = createOutages(new Map([['worker', part]]));
  const stopping = new AbortController();
  const pause = () => outages.ended('worker');
  void restartOnExit({ name: 'worker', part, stopping: stopping.signal, say: () => undefined, pause });
  const outage = outages.during('worker', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    log.push('away');
    await end();
  });
  await outage.catch(() => undefined);
  await expect.poll(() => log).toEqual(['killed', 'away', 'restarted']);
  stopping.abort();
});

it('an unknown part has no outage', async () => {
  await expect(createOutages(new Map()).during('worker', async () => undefined)).rejects.toThrow('not a part');
});
