import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImageProvider } from '#activities/providers/port.ts';
import type { GenerateImageInput, StagedImage } from '#activities/activity-types.ts';
import { StorageFailure, type ImageStore } from '#activities/storage/port.ts';
import type { AttemptState } from '#domain/generation/attempt.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { type Bench, REMOTE_SUBJECTS } from '../fakes/conformance/subjects.ts';
import { type Intercept, createGenerateImageProcess, passThrough } from '../support/generate-image-process.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { DEV, type TestUser, SCHNELL } from '../support/insert-request.ts';

/** Long enough for a purchase on a busy machine, short enough to wait for. */
const DEADLINE_MS = 6_000;
/** Of Temporal's count: after it the provider is given up. */
/** By the provider's own failures: the next one is the third. */
const FAILED_BEFORE_THE_LAST_TRY = 2;
const RETRY_AFTER_S = 30;
/** For the first poll, on a busy machine too. */
const GENERATION_TIMEOUT_MS = 2_000;
/** Longer than any test here, so that nothing ends by itself. */
const ENDLESS_MS = 60_000;

/** Failures that a test makes on purpose need no words. */
const QUIET = new DefaultLogger('ERROR');

const subject = REMOTE_SUBJECTS[0]!;
let studio: Studio;
let bench: Bench;
let user: TestUser;
/** Waits for its deadline while the other tests run. */
let unsaved: string;

beforeAll(async () => {
  bench = await subject.open();
  studio = await openStudio({ deadlineMs: DEADLINE_MS, wrapStore: publishesNothing });
  await studio.startWorkers();
  user = await studio.user({ credits: 10 });
  unsaved = (await studio.generate(user, { plan: [SCHNELL, DEV] })).id;
});
beforeEach(() => bench.reset());
afterAll(async () => {
  await studio.close();
  await bench.stop();
});

/** Staging works, and what the avatar needs is refused: the bucket went away in between. */
function publishesNothing(store: ImageStore): ImageStore {
  const write: ImageStore['write'] = (name, ...rest) =>
    name.startsWith('avatars/')
      ? Promise.reject(new StorageFailure('unavailable', 'away'))
      : store.write(name, ...rest);
  return { ...store, write };
}

async function admitted(): Promise<GenerateImageInput> {
  const { name: provider, model } = subject;
  const generationId = await studio.insertRequest(await studio.user({ credits: 10 }), { plan: [{ provider, model }] });
  await studio.activities.local.admit({ generationId });
  return { generationId, provider, model, ordinal: 0 };
}

interface Run {
  readonly attempt?: number;
  readonly failedTries?: number;
  readonly adapter?: ImageProvider;
  readonly around?: Intercept;
  readonly generationTimeoutMs?: number;
}
function run(input: GenerateImageInput, options: Run = {}): Promise<StagedImage> {
  const { attempt = 1, failedTries, adapter = bench.adapter(), around = passThrough, generationTimeoutMs } = options;
  const deadline = { scheduledTimestampMs: Date.now(), scheduleToCloseTimeoutMs: (RETRY_AFTER_S / 2) * 1_000 };
  const step = createGenerateImageProcess(studio, adapter, around, generationTimeoutMs);
  const environment = new MockActivityEnvironment(
    { attempt, heartbeatDetails: failedTries, ...deadline },
    { logger: QUIET },
  );
  return environment.run(step, input) as Promise<StagedImage>;
}

const stateOf = async ({ generationId }: GenerateImageInput): Promise<AttemptState[]> =>
  (await listAttempts(studio.database, [generationId])).map(({ state }) => state);

describe('a run that slept through its heartbeats, and wakes while the next one collects what it bought', () => {
  it.each(['after:attempts.begin', 'before:attempts.submitting', 'after:submit', 'before:poll'])(
    '%s: buys nothing, and stops nothing',
    async (crashPoint) => {
      const input = await admitted();
      const [sleeper, collector] = [stallAt(crashPoint), stallAt('before:poll')];
      const first = run(input, { around: sleeper.around }).catch(() => undefined);
      await sleeper.reached;
      const next = run(input, { attempt: 2, around: collector.around });
      await Promise.race([collector.reached, next]);
      sleeper.wake();
      await first;
      collector.wake();
      expect((await studio.store.read((await next).objectName)).length).toBeGreaterThan(0);
      expect(bench.paid()).toBe(1);
      expect(await stateOf(input)).toEqual(['succeeded']);
    },
  );

  it('before:submit: cancels what it buys then', async () => {
    const input = await admitted();
    const [sleeper, collector] = [stallAt('before:submit'), stallAt('before:poll')];
    const first = run(input, { around: sleeper.around });
    await sleeper.reached;
    const next = run(input, { attempt: 2, around: collector.around });
    await Promise.race([collector.reached, next]);
    bench.script({ on: 'prediction', fault: 'slow', ms: ENDLESS_MS });
    sleeper.wake();
    collector.wake();
    expect(await first).toEqual(await next);
    expect({ paid: bench.paid(), stopped: bench.stopped() }).toEqual({ paid: 2, stopped: 1 });
  });
});

describe('before the next provider is asked', () => {
  it('looks up what a lost reply bought, also on the last try', async () => {
    const input = await admitted();
    bench.script({ on: 'create', fault: 'reset_after_accept' });
    await run(input, { failedTries: FAILED_BEFORE_THE_LAST_TRY });
    expect(bench.paid()).toBe(1);
    expect(await stateOf(input)).toEqual(['succeeded']);
  });

  it('asks once more when the time for the image is over, and takes what was delivered', async () => {
    const input = await admitted();
    const adapter = asksAtOnce();
    let polls = 0;
    const seldom: ImageProvider = {
      ...adapter,
      poll: (...asked) =>
        polls++ === 0 ? Promise.resolve({ state: 'running', pollAfterMs: ENDLESS_MS }) : adapter.poll(...asked),
    };
    await run(input, { adapter: seldom, generationTimeoutMs: GENERATION_TIMEOUT_MS });
    expect(await stateOf(input)).toEqual(['succeeded']);
  });

  it('waits for no Retry-After that is longer than the time for the image', async () => {
    const input = await admitted();
    bench.script({ on: 'get', fault: 'rate_limited', retryAfterS: RETRY_AFTER_S });
    await run(input, { adapter: asksAtOnce(), generationTimeoutMs: GENERATION_TIMEOUT_MS });
    expect(await stateOf(input)).toEqual(['succeeded']);
  });

  it('cancels again what the provider did not cancel at once', async () => {
    const input = await admitted();
    bench.script({ on: 'prediction', fault: 'stuck' }, { on: 'cancel', fault: 'server_error' });
    await expect(run(input, { generationTimeoutMs: 500 })).rejects.toMatchObject({
      type: 'timeout',
      nonRetryable: true,
    });
    expect(bench.stopped()).toBe(1);
  });

  it('gives a provider up whose Retry-After lies behind the deadline', async () => {
    const input = await admitted();
    bench.script({ on: 'create', fault: 'rate_limited', retryAfterS: RETRY_AFTER_S });
    await expect(run(input)).rejects.toMatchObject({ type: 'rate_limited', nonRetryable: true });
    expect(await stateOf(input)).toEqual(['failed']);
  });
});

it('ends at the deadline, and buys no second image, when a paid one could not be saved', async () => {
  expect(await studio.ended(unsaved)).toMatchObject({ status: 'failed', failure: { code: 'deadline' } });
  expect(studio.replicate.ledger()).toHaveLength(1);
  expect(await studio.credits(user)).toEqual({ posted: 10, held: 0 });
});

/** The first poll comes at the beginning of the time for the image. */
function asksAtOnce(): ImageProvider {
  const adapter = bench.adapter();
  return { ...adapter, submit: async (...asked) => ({ ...(await adapter.submit(...asked)), pollAfterMs: 0 }) };
}

/** Stops at a place, once, until it is woken. */
function stallAt(crashPoint: string) {
  const [reached, awake] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  async function halt(here: string): Promise<void> {
    if (here !== crashPoint) return;
    reached.resolve();
    await awake.promise;
  }
  const around: Intercept = async (effect, act) => {
    await halt(`before:${effect}`);
    const result = await act();
    await halt(`after:${effect}`);
    return result;
  };
  return { around, reached: reached.promise, wake: () => awake.resolve() };
}
