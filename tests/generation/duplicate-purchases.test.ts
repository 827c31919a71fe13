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
/** Of three tries that a provider has. */
const FAILED_BEFORE_LAST_TRY = 2;
const RETRY_AFTER_S = 30;
/** Time for the first poll, even on a busy machine. */
const GENERATION_TIMEOUT_MS = 2_000;
/** Longer than any test here. */
const ENDLESS_MS = 60_000;

/** Tests cause failures on purpose; the SDK need not log them. */
const QUIET = new DefaultLogger('ERROR');

const subject = REMOTE_SUBJECTS[0]!;
/** The provider that lists a job only when it has ended. */
const slowSubject = REMOTE_SUBJECTS.find(({ name }) => name === 'fal')!;
let studio: Studio;
let bench: Bench;
let user: TestUser;
/** A generation that waits for its deadline while the other tests run. */
let unsaved: string;

beforeAll(async () => {
  bench = await subject.open();
  studio = await openStudio({ deadlineMs: DEADLINE_MS, wrapStore: refusePublishing });
  await studio.startWorkers();
  user = await studio.user({ credits: 10 });
  unsaved = (await studio.generate(user, { plan: [SCHNELL, DEV] })).id;
});
beforeEach(() => bench.reset());
afterAll(async () => {
  await studio.close();
  await bench.stop();
});

/** Staging works, but the avatar's objects are refused, as when the bucket fails in between. */
function refusePublishing(store: ImageStore): ImageStore {
  const write: ImageStore['write'] = (name, ...rest) =>
    name.startsWith('avatars/')
      ? Promise.reject(new StorageFailure('unavailable', 'unavailable in this test'))
      : store.write(name, ...rest);
  return { ...store, write };
}

async function admitted({ name: provider, model } = subject): Promise<GenerateImageInput> {
  const generationId = await studio.insertRequest(await studio.user({ credits: 10 }), { plan: [{ provider, model }] });
  await studio.activities.local.admit({ generationId });
  return { generationId, provider, model, ordinal: 0 };
}

interface Run {
  readonly attempt?: number;
  readonly failedTries?: number;
  readonly adapter?: ImageProvider;
  readonly intercept?: Intercept;
  readonly generationTimeoutMs?: number;
}
function run(input: GenerateImageInput, options: Run = {}): Promise<StagedImage> {
  const { attempt = 1, failedTries, adapter = bench.adapter(), intercept = passThrough, generationTimeoutMs } = options;
  const deadline = { scheduledTimestampMs: Date.now(), scheduleToCloseTimeoutMs: (RETRY_AFTER_S / 2) * 1_000 };
  const step = createGenerateImageProcess(studio, adapter, intercept, generationTimeoutMs);
  const environment = new MockActivityEnvironment(
    { attempt, heartbeatDetails: failedTries, ...deadline },
    { logger: QUIET },
  );
  return environment.run(step, input) as Promise<StagedImage>;
}

const statesOf = async ({ generationId }: GenerateImageInput): Promise<AttemptState[]> =>
  (await listAttempts(studio.database, [generationId])).map(({ state }) => state);

describe('a stalled run that resumes while the next run collects its prediction', () => {
  it.each(['before:attempts.first', 'after:submit', 'before:poll'])(
    'buys nothing and cancels nothing (stalled %s)',
    async (crashPoint) => {
      const input = await admitted();
      const [stalled, collector] = [stallAt(crashPoint), stallAt('before:poll')];
      const first = run(input, { intercept: stalled.intercept }).catch(() => undefined);
      await stalled.reached;
      const next = run(input, { attempt: 2, intercept: collector.intercept });
      await Promise.race([collector.reached, next]);
      stalled.resume();
      await first;
      collector.resume();
      expect((await studio.store.read((await next).objectName)).length).toBeGreaterThan(0);
      expect(bench.paid()).toBe(1);
      expect(await statesOf(input)).toEqual(['succeeded']);
    },
  );

  it('cancels what it buys after the stall (stalled before:submit)', async () => {
    const input = await admitted();
    const [stalled, collector] = [stallAt('before:submit'), stallAt('before:poll')];
    const first = run(input, { intercept: stalled.intercept });
    await stalled.reached;
    const next = run(input, { attempt: 2, intercept: collector.intercept });
    await Promise.race([collector.reached, next]);
    bench.script({ on: 'prediction', fault: 'slow', ms: ENDLESS_MS });
    stalled.resume();
    collector.resume();
    expect(await first).toEqual(await next);
    expect({ paid: bench.paid(), stopped: bench.stopped() }).toEqual({ paid: 2, stopped: 1 });
  });
});

describe('generateImage before it gives up a provider', () => {
  it('looks up the prediction of a lost reply, also on the last try', async () => {
    const input = await admitted();
    bench.script({ on: 'create', fault: 'reset_after_accept' });
    await run(input, { failedTries: FAILED_BEFORE_LAST_TRY });
    expect(bench.paid()).toBe(1);
    expect(await statesOf(input)).toEqual(['succeeded']);
  });

  it('polls once more when the generation timeout is over, and uses a finished image', async () => {
    const input = await admitted();
    const adapter = pollsAtOnce();
    let polls = 0;
    const secondPollIsLate: ImageProvider = {
      ...adapter,
      poll: (...args) =>
        polls++ === 0 ? Promise.resolve({ state: 'running', pollAfterMs: ENDLESS_MS }) : adapter.poll(...args),
    };
    await run(input, { adapter: secondPollIsLate, generationTimeoutMs: GENERATION_TIMEOUT_MS });
    expect(await statesOf(input)).toEqual(['succeeded']);
  });

  it('does not wait for a Retry-After that exceeds the generation timeout', async () => {
    const input = await admitted();
    bench.script({ on: 'get', fault: 'rate_limited', retryAfterS: RETRY_AFTER_S });
    await run(input, { adapter: pollsAtOnce(), generationTimeoutMs: GENERATION_TIMEOUT_MS });
    expect(await statesOf(input)).toEqual(['succeeded']);
  });

  it('repeats a cancel that the provider failed to perform', async () => {
    const input = await admitted();
    bench.script({ on: 'prediction', fault: 'stuck' }, { on: 'cancel', fault: 'server_error' });
    await expect(run(input, { generationTimeoutMs: 500 })).rejects.toMatchObject({
      type: 'timeout',
      nonRetryable: true,
    });
    expect(bench.stopped()).toBe(1);
  });

  it('gives up a provider whose Retry-After exceeds the deadline', async () => {
    const input = await admitted();
    bench.script({ on: 'create', fault: 'rate_limited', retryAfterS: RETRY_AFTER_S });
    await expect(run(input)).rejects.toMatchObject({ type: 'rate_limited', nonRetryable: true });
    expect(await statesOf(input)).toEqual(['failed']);
  });
});

describe('a provider that can not say soon whether it accepted a job', () => {
  let slow: Bench;
  beforeAll(async () => {
    slow = await slowSubject.open();
  });
  beforeEach(() => slow.reset());
  afterAll(() => slow.stop());

  it('is asked once, and then the next provider is used', async () => {
    const input = { ...(await admitted(slowSubject)), hasFallback: true };
    slow.script({ on: 'create', fault: 'server_error' });
    const failure = { type: 'transient', nonRetryable: true };
    await expect(run(input, { adapter: slow.adapter() })).rejects.toMatchObject(failure);
    expect({ submits: slow.submits(), paid: slow.paid() }).toEqual({ submits: 1, paid: 0 });
    expect(await statesOf(input)).toEqual(['failed']);
  });

  it('is not left when it has accepted the job after all', async () => {
    const input = { ...(await admitted(slowSubject)), hasFallback: true };
    slow.script({ on: 'create', fault: 'server_error_after_accept' });
    await run(input, { adapter: slow.adapter() });
    expect({ submits: slow.submits(), paid: slow.paid() }).toEqual({ submits: 1, paid: 1 });
    expect(await statesOf(input)).toEqual(['succeeded']);
  });

  it('is not left while it can not be asked', async () => {
    const input = { ...(await admitted(slowSubject)), hasFallback: true };
    slow.script({ on: 'create', fault: 'server_error_after_accept' }, { on: 'list', fault: 'server_error' });
    const adapter = slow.adapter();
    await expect(run(input, { adapter })).rejects.toMatchObject({ type: 'transient', nonRetryable: false });
    await run(input, { adapter, attempt: 2, failedTries: 1 });
    expect({ submits: slow.submits(), paid: slow.paid() }).toEqual({ submits: 1, paid: 1 });
  });

  it('is tried again where no other provider is left', async () => {
    const input = await admitted(slowSubject);
    slow.script({ on: 'create', fault: 'server_error' });
    const adapter = slow.adapter();
    await expect(run(input, { adapter })).rejects.toMatchObject({ type: 'transient', nonRetryable: false });
    await run(input, { adapter, attempt: 2, failedTries: 1 });
    expect({ submits: slow.submits(), paid: slow.paid() }).toEqual({ submits: 2, paid: 1 });
  });
});

it('a generation whose paid image cannot be saved fails at its deadline without buying a second one', async () => {
  expect(await studio.ended(unsaved)).toMatchObject({ status: 'failed', failure: { code: 'deadline' } });
  expect(studio.replicate.ledger()).toHaveLength(1);
  expect(await studio.credits(user)).toEqual({ posted: 10, held: 0 });
});

/** An adapter whose first poll comes at once. */
function pollsAtOnce(): ImageProvider {
  const adapter = bench.adapter();
  return { ...adapter, submit: async (...args) => ({ ...(await adapter.submit(...args)), pollAfterMs: 0 }) };
}

/** Stalls at a crash point until `resume`. */
function stallAt(crashPoint: string) {
  const [reached, resumed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  async function stallIf(point: string): Promise<void> {
    if (point !== crashPoint) return;
    reached.resolve();
    await resumed.promise;
  }
  const intercept: Intercept = async (effect, act) => {
    await stallIf(`before:${effect}`);
    const result = await act();
    await stallIf(`after:${effect}`);
    return result;
  };
  return { intercept, reached: reached.promise, resume: () => resumed.resolve() };
}
