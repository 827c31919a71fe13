import { createFalProvider } from '#activities/providers/fal/fal-provider.ts';
import { createHuggingFaceProvider } from '#activities/providers/huggingface/huggingface-provider.ts';
import { createIllustratorProvider } from '#activities/providers/illustrator/illustrator-provider.ts';
import type { ImageProvider } from '#activities/providers/port.ts';
import { createReplicateProvider } from '#activities/providers/replicate/replicate-provider.ts';
import { createFakeFal } from '../fal/fake-fal.ts';
import type { FaultScript } from '../faults/fault.ts';
import { createFakeHuggingFace } from '../huggingface/fake-huggingface.ts';
import { createFakeReplicate } from '../replicate/fake-replicate.ts';

/** What is told of a service: nothing of how it is spoken to. */
export interface Bench {
  /** A process of its own each: nothing is shared but the account. */
  adapter(settings?: { readonly key?: string; readonly callTimeoutMs?: number }): ImageProvider;
  /** Images that would be on the bill. */
  paid(): number;
  /** Paid work that was stopped before its end. */
  stopped(): number;
  /** Orders that were sent, refused ones included. */
  paidCalls(): number;
  script(...faults: FaultScript[]): void;
  reset(): void;
  stop(): Promise<void>;
}

export interface Subject {
  readonly name: ImageProvider['name'];
  /** The cheapest model for words. */
  readonly model: string;
  /** The answer to the order is the image: there is no work to ask about afterwards. */
  readonly isSynchronous: boolean;
  open(): Promise<Bench>;
}

/** Every service that is spoken to over a network, each with its fake. */
export const REMOTE_SUBJECTS: readonly Subject[] = [
  {
    name: 'replicate',
    model: 'black-forest-labs/flux-schnell',
    isSynchronous: false,
    async open() {
      const fake = await createFakeReplicate({ runsMs: RUNS_MS });
      return {
        adapter: ({ key = fake.token, callTimeoutMs = PATIENT_MS } = {}) =>
          createReplicateProvider({ token: key, baseUrl: fake.url, callTimeoutMs, findPollsAfterMs: [0, 50, 150] }),
        paid: () => fake.ledger().length,
        stopped: () => fake.ledger().filter(({ cancelled }) => cancelled).length,
        paidCalls: () => sum(Object.entries(fake.calls()).filter(([call]) => /^POST .*\/predictions$/.test(call))),
        script: fake.script,
        reset: fake.reset,
        stop: fake.stop,
      };
    },
  },
  {
    name: 'fal',
    model: 'fal-ai/flux/schnell',
    isSynchronous: false,
    async open() {
      const fake = await createFakeFal({ runsMs: RUNS_MS });
      const { queueUrl, apiUrl } = fake;
      return {
        adapter: ({ key = fake.key, callTimeoutMs = PATIENT_MS } = {}) =>
          createFalProvider({ key, queueUrl, apiUrl, callTimeoutMs, settlesMs: SETTLES_MS, pollEveryMs: 50 }),
        paid: () => fake.ledger().length,
        stopped: () => fake.ledger().filter(({ cancelled }) => cancelled).length,
        paidCalls: () => fake.calls().create ?? 0,
        script: fake.script,
        reset: fake.reset,
        stop: fake.stop,
      };
    },
  },
  {
    name: 'huggingface',
    model: 'stabilityai/stable-diffusion-xl-base-1.0',
    isSynchronous: true,
    async open() {
      const fake = await createFakeHuggingFace({ runsMs: RUNS_MS });
      const { baseUrl, hubUrl } = fake;
      return {
        adapter: ({ key = fake.token, callTimeoutMs: generationTimeoutMs = PATIENT_MS } = {}) =>
          createHuggingFaceProvider({ token: key, baseUrl, hubUrl, generationTimeoutMs }),
        paid: () => fake.ledger().length,
        stopped: () => 0,
        paidCalls: () => fake.calls().create ?? 0,
        script: fake.script,
        reset: fake.reset,
        stop: fake.stop,
      };
    },
  },
];

/** The one that has no network to fail, no key to be wrong and nothing to pay for. */
export const OFFLINE_SUBJECT: Subject = {
  name: 'illustrator',
  model: 'illustrator-1',
  isSynchronous: false,
  open: () =>
    Promise.resolve({
      adapter: () => createIllustratorProvider(),
      paid: () => 0,
      stopped: () => 0,
      paidCalls: () => 0,
      script: () => undefined,
      reset: () => undefined,
      stop: () => Promise.resolve(),
    }),
};

const RUNS_MS = 40;
/** Long enough for a loopback call on a busy machine. */
const PATIENT_MS = 10_000;
/** Longer than a request runs here, so that whatever was accepted is listed by then. */
const SETTLES_MS = 1_500;

function sum(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((total, [, count]) => total + count, 0);
}
