import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImageProvider } from '#activities/providers/port.ts';
import type { GenerateImageInput, StagedImage } from '#activities/activity-types.ts';
import { type Bench, OFFLINE_SUBJECT, REMOTE_SUBJECTS } from '../fakes/conformance/subjects.ts';
import { type Intercept, createGenerateImageProcess } from '../support/generate-image-process.ts';
import { rowsOf } from '../support/long-run.ts';
import { storeReference } from '../support/store-reference.ts';
import { openStudio, type Studio } from '../support/studio.ts';

/** The side effects of `generateImage`, in order. */
const EFFECTS = ['attempts.first', 'submit', 'attempts.storeExternalId', 'poll', 'write', 'attempts.complete'];
/** The image is staged and recorded. */
const RECORDED = 'after:attempts.complete';
/** Only the activity's completion is missing. */
const END = 'after:everything';
const CRASH_POINTS = [...EFFECTS.flatMap((effect) => [`before:${effect}`, `after:${effect}`]), END];
/** From the submission until the attempt is recorded as staged: a synchronous provider is paid again here. */
const PAID_TWICE = new Set(CRASH_POINTS.slice(CRASH_POINTS.indexOf('after:submit'), CRASH_POINTS.indexOf(RECORDED)));
/** A lost image costs one run that notices it and one that buys again. */
const RUNS_MAX = 4;

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio.close());

/** Runs `generateImage` in a process that hangs at the crash point, which to others looks the same as a kill. */
async function runUntilKilledAt(crashPoint: string, adapter: ImageProvider, input: GenerateImageInput): Promise<void> {
  const killed = Promise.withResolvers<void>();
  const hangIf = (point: string) => {
    if (point !== crashPoint) return undefined;
    killed.resolve();
    return new Promise<never>(() => undefined);
  };
  const intercept: Intercept = async (effect, act) => {
    await hangIf(`before:${effect}`);
    const result = await act();
    await hangIf(`after:${effect}`);
    return result;
  };
  const run = new MockActivityEnvironment().run(createGenerateImageProcess(studio, adapter, intercept), input);
  const ended = run.then(() =>
    crashPoint === END ? undefined : Promise.reject(new Error(`${crashPoint} was not reached`)),
  );
  await Promise.race([killed.promise, ended]);
}

/** Retries as the workflow's retry policy does, in a new process each time. */
async function retry(bench: Bench, input: GenerateImageInput): Promise<StagedImage> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const environment = new MockActivityEnvironment({ attempt });
      return (await environment.run(createGenerateImageProcess(studio, bench.adapter()), input)) as StagedImage;
    } catch (error) {
      if (attempt >= RUNS_MAX) throw error;
    }
  }
}

describe.each([...REMOTE_SUBJECTS, OFFLINE_SUBJECT])('generateImage with $name, killed', (subject) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await subject.open();
  });
  beforeEach(() => bench.reset());
  afterAll(() => bench.stop());

  const sameKind = ({ isSynchronous }: typeof subject) => isSynchronous === subject.isSynchronous;
  const paidAfter = (crashPoint: string) => {
    if (subject === OFFLINE_SUBJECT) return 0;
    return subject.isSynchronous && PAID_TWICE.has(crashPoint) ? 2 : 1;
  };
  // The first asynchronous provider, the synchronous one and the offline one after each effect; a crash before an effect finds the
  // state that the effect before it has left. The other one where a second purchase is nearest.
  const isFirst = subject === OFFLINE_SUBJECT || subject === REMOTE_SUBJECTS.find(sameKind);
  const points = rowsOf('matrices', CRASH_POINTS, (point) =>
    isFirst ? point.startsWith('after:') : ['after:submit', END].includes(point),
  );
  it.each(points.map((crashPoint) => [crashPoint, paidAfter(crashPoint)] as const))(
    '%s: succeeds on a retry with %i paid images',
    async (crashPoint, paid) => {
      const user = await studio.user({ credits: 10 });
      const { name: provider, model } = subject;
      const generationId = await studio.insertRequest(user, { plan: [{ provider, model }] });
      await studio.activities.local.admit({ generationId });
      const input = { generationId, provider, model, ordinal: 0 };
      await runUntilKilledAt(crashPoint, bench.adapter(), input);
      const { objectName } = await retry(bench, input);
      expect((await studio.store.read(objectName)).length).toBeGreaterThan(0);
      expect(bench.paid()).toBe(paid);
      expect(await studio.credits(user)).toEqual({ posted: 10, held: 10 });
    },
  );
});

describe.each([
  ['replicate', 'black-forest-labs/flux-kontext-pro'],
  ['fal', 'fal-ai/flux-pro/kontext'],
] as const)('generateImage with %s, whose reference image is deleted after a kill', (provider, model) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await REMOTE_SUBJECTS.find(({ name }) => name === provider)!.open();
  });
  beforeEach(() => bench.reset());
  afterAll(() => bench.stop());

  async function killedAt(crashPoint: string): Promise<GenerateImageInput> {
    const user = await studio.user({ credits: 10 });
    const uploadId = await storeReference(studio, user);
    const request = { mode: 'reference', reference: { uploadId }, prompt: 'a sailor' };
    const generationId = await studio.insertRequest(user, { plan: [{ provider, model }], request });
    await studio.activities.local.admit({ generationId });
    const input = { generationId, provider, model, ordinal: 0 };
    await runUntilKilledAt(crashPoint, bench.adapter(), input);
    await studio.database.call('test.deleteUpload', 'DELETE FROM uploads WHERE id = $1', [uploadId]);
    return input;
  }

  const crashPoints = ['after:submit', 'after:attempts.storeExternalId', END];
  it.each(rowsOf('matrices', crashPoints, (point) => provider === 'replicate' || point === 'after:submit'))(
    '%s: the paid image is collected, and not bought again',
    async (crashPoint) => {
      const { objectName } = await retry(bench, await killedAt(crashPoint));
      expect((await studio.store.read(objectName)).length).toBeGreaterThan(0);
      expect(bench.paid()).toBe(1);
    },
  );

  // A purchase begins after its reference image was read, in a statement of its own.
  it.each(['before:attempts.purchase', 'after:attempts.purchase', 'before:submit'])(
    '%s: fails, since nothing was bought and nothing can be',
    async (crashPoint) => {
      const run = retry(bench, await killedAt(crashPoint));
      await expect(run).rejects.toMatchObject({ type: 'reference_gone', nonRetryable: true });
      expect(bench.paid()).toBe(0);
    },
  );
});
