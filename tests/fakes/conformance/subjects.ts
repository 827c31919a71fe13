import { createFalProvider } from '#activities/providers/fal/fal-provider.ts';
import { createHuggingFaceProvider } from '#activities/providers/huggingface/huggingface-provider.ts';
import { createIllustratorProvider } from '#activities/providers/illustrator/illustrator-provider.ts';
import type { ImageProvider } from '#activities/providers/port.ts';
import { createReplicateProvider } from '#activities/providers/replicate/replicate-provider.ts';
import { isRemote, PROVIDERS, type RemoteProviderName } from '#domain/provider/provider.ts';
import type { ProviderEnvironment } from '#domain/provider/provider-variables.ts';
import { createFakeFal } from '../fal/fake-fal.ts';
import type { FaultScript } from '../faults/fault.ts';
import { createFakeHuggingFace } from '../huggingface/fake-huggingface.ts';
import { createFakeReplicate } from '../replicate/fake-replicate.ts';

/** A provider's fake and adapters, without details of its protocol. */
export interface Bench {
  /** For a worker that uses the fake in place of the service. */
  readonly variables: ProviderEnvironment;
  /** Creates an adapter as in a process of its own: adapters share only the account. */
  adapter(settings?: { readonly key?: string; readonly callTimeoutMs?: number }): ImageProvider;
  /** Images that would be billed. */
  paid(): number;
  /** Paid jobs that were cancelled before their end. */
  stopped(): number;
  /** Calls to submit a job, refused ones included. */
  submits(): number;
  script(...faults: FaultScript[]): void;
  reset(): void;
  stop(): Promise<void>;
}

export interface Subject {
  readonly name: ImageProvider['name'];
  /** The cheapest model for text prompts. */
  readonly model: string;
  /** The reply to `submit` is the image: there is no job to poll. */
  readonly isSynchronous: boolean;
  open(): Promise<Bench>;
}

const REMOTE: Readonly<Record<RemoteProviderName, Omit<Subject, 'name'>>> = {
  replicate: {
    model: 'black-forest-labs/flux-schnell',
    isSynchronous: false,
    async open() {
      const fake = await createFakeReplicate({ runsMs: RUNS_MS });
      return {
        variables: { REPLICATE_API_TOKEN: fake.token, REPLICATE_BASE_URL: fake.url },
        adapter: ({ key = fake.token, callTimeoutMs = LONG_TIMEOUT_MS } = {}) =>
          createReplicateProvider({ key, baseUrl: fake.url, callTimeoutMs, findPollsAfterMs: [0, 50, 150] }),
        paid: () => fake.ledger().length,
        stopped: () => fake.ledger().filter(({ cancelled }) => cancelled).length,
        submits: () => sum(Object.entries(fake.calls()).filter(([call]) => /^POST .*\/predictions$/.test(call))),
        script: fake.script,
        reset: fake.reset,
        stop: fake.stop,
      };
    },
  },
  fal: {
    model: 'fal-ai/flux/schnell',
    isSynchronous: false,
    async open() {
      const fake = await createFakeFal({ runsMs: RUNS_MS });
      const { queueUrl, apiUrl } = fake;
      return {
        variables: { FAL_KEY: fake.key, FAL_QUEUE_URL: queueUrl, FAL_API_URL: apiUrl },
        adapter: ({ key = fake.key, callTimeoutMs = LONG_TIMEOUT_MS } = {}) =>
          createFalProvider({ key, queueUrl, apiUrl, callTimeoutMs, settlesMs: SETTLES_MS, pollEveryMs: 50 }),
        paid: () => fake.ledger().length,
        stopped: () => fake.ledger().filter(({ cancelled }) => cancelled).length,
        submits: () => fake.calls().create ?? 0,
        script: fake.script,
        reset: fake.reset,
        stop: fake.stop,
      };
    },
  },
  huggingface: {
    model: 'stabilityai/stable-diffusion-xl-base-1.0',
    isSynchronous: true,
    async open() {
      const fake = await createFakeHuggingFace({ runsMs: RUNS_MS });
      const { baseUrl, hubUrl } = fake;
      return {
        variables: { HF_TOKEN: fake.token, HF_BASE_URL: baseUrl, HF_HUB_URL: hubUrl },
        adapter: ({ key = fake.token, callTimeoutMs: generationTimeoutMs = LONG_TIMEOUT_MS } = {}) =>
          createHuggingFaceProvider({ key, baseUrl, hubUrl, generationTimeoutMs }),
        paid: () => fake.ledger().length,
        stopped: () => 0,
        submits: () => fake.calls().create ?? 0,
        script: fake.script,
        reset: fake.reset,
        stop: fake.stop,
      };
    },
  },
};

/** Every provider that is called over the network, with its fake. */
export const REMOTE_SUBJECTS: readonly Subject[] = PROVIDERS.filter(isRemote).map((name) => ({
  name,
  ...REMOTE[name],
}));

/** The illustrator has no network, no key and no cost. */
export const OFFLINE_SUBJECT: Subject = {
  name: 'illustrator',
  model: 'illustrator-1',
  isSynchronous: false,
  open: () =>
    Promise.resolve({
      variables: {},
      adapter: () => createIllustratorProvider(),
      paid: () => 0,
      stopped: () => 0,
      submits: () => 0,
      script: () => undefined,
      reset: () => undefined,
      stop: () => Promise.resolve(),
    }),
};

const RUNS_MS = 40;
/** Long enough for a loopback call on a busy machine. */
const LONG_TIMEOUT_MS = 10_000;
/** Longer than a request runs here, so that an accepted one is listed by then. */
const SETTLES_MS = 1_500;

function sum(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((total, [, count]) => total + count, 0);
}
