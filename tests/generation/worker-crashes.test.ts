import { describe, expect, it } from 'vitest';
import { openCrashEnvironment, RECOVERY_MS } from '../support/crash-environment.ts';
import { SCHNELL } from '../support/insert-request.ts';
import { readLongRun } from '../support/long-run.ts';
import { until } from '../support/until.ts';

/** Every side effect of a generation, in order. */
const EFFECTS = [
  'ledger.reserve',
  'attempts.first',
  'submit',
  'attempts.storeExternalId',
  'write:staging',
  'write:image',
  'write:thumb',
  'ledger.record',
  'remove',
];
const ALL = [...EFFECTS.flatMap((effect) => [`before:${effect}`, `after:${effect}`]), 'after:poll'];
/**
 * A crash before an effect finds the state that the effect before it has left. Of each such pair one, where credits, the purchase or
 * the delivery change; the images between them have the crashes of generateImage.
 */
const SLICE = ALL.filter((point) => /^after:.*(reserve|first|submit|ExternalId|record)|^before:.*record/.test(point));
const CRASH_POINTS = readLongRun('crashes') === undefined ? SLICE : ALL;

describe.concurrent('a generation whose worker is killed with SIGKILL', () => {
  it.each(CRASH_POINTS)(
    'is charged once for one paid prediction, and leaves no orphans (%s)',
    async (crashPoint) => {
      const environment = await openCrashEnvironment(crashPoint);
      try {
        const { studio } = environment;
        const user = await studio.user({ credits: 10 });
        const first = await environment.startWorker();
        const id = await studio.insertRequest(user, { plan: [SCHNELL] });
        const admission = studio.admit(id);
        await until(() => first.signalCode === 'SIGKILL', { what: `the crash ${crashPoint}`, timeoutMs: RECOVERY_MS });
        await environment.startNextWorker();
        await admission;
        // Without an outcome in three seconds the API marks the request accepted, and the reconciler repeats the start.
        await studio.admit(id);
        expect((await studio.ended(id, RECOVERY_MS)).status).toBe('completed');
        expect(await studio.credits(user)).toEqual({ posted: 0, held: 0 });
        expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
        expect(studio.replicate.ledger()).toHaveLength(1);
        expect(await studio.store.list(`avatars/${user.accountId}/`)).toHaveLength(2);
        expect(await studio.violations()).toEqual([]);
      } finally {
        await environment.close();
      }
    },
    2 * RECOVERY_MS,
  );

  it.each(['before:ledger.release', 'after:ledger.release'])(
    'gets its credits back once (%s)',
    async (crashPoint) => {
      const environment = await openCrashEnvironment(crashPoint);
      try {
        const { studio } = environment;
        const user = await studio.user({ credits: 10 });
        studio.replicate.script({ on: 'prediction', fault: 'nsfw' });
        const first = await environment.startWorker();
        const { id } = await studio.generate(user, { plan: [SCHNELL] });
        await until(() => first.signalCode === 'SIGKILL', { what: `the crash ${crashPoint}`, timeoutMs: RECOVERY_MS });
        await environment.startNextWorker();
        expect(await studio.ended(id, RECOVERY_MS)).toMatchObject({ status: 'failed', creditsReturned: true });
        await until(
          () =>
            studio.temporal.client.workflow
              .getHandle(`generation-${id}`)
              .describe()
              .then(({ status }) => status.name !== 'RUNNING'),
          { timeoutMs: RECOVERY_MS },
        );
        expect(await studio.credits(user)).toEqual({ posted: 10, held: 0 });
        expect(await studio.transfers(id)).toEqual(['reserve', 'release']);
        expect(await studio.objects()).toEqual([]);
      } finally {
        await environment.close();
      }
    },
    2 * RECOVERY_MS,
  );
});
