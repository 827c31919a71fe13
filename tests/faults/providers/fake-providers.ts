import { createFakeFal } from '../../fakes/fal/fake-fal.ts';
import { createFakeHuggingFace } from '../../fakes/huggingface/fake-huggingface.ts';
import { createFakeReplicate } from '../../fakes/replicate/fake-replicate.ts';
import { startFaultProxy, type FaultProxy } from '../network/fault-proxy.ts';
import { throughPort } from '../studio/fault-stack.ts';
import { createRandomFaults, type RandomFaults } from './random-faults.ts';

export const FAKE_PROVIDERS = ['replicate', 'fal', 'huggingface'] as const;
export type FakeProviderName = (typeof FAKE_PROVIDERS)[number];

/** One image that a provider would bill. */
export interface BilledImage {
  readonly provider: FakeProviderName;
  /** Undefined at Hugging Face, which has no ids. */
  readonly id: string | undefined;
  readonly model: string;
  readonly prompt: string;
  /** Unfinished, failed and cancelled ones are not paid. */
  readonly isPaid: boolean;
}

/** Fakes of all paid providers, each behind a proxy and with faults from the seed. */
export interface FakeProviders {
  readonly environment: Readonly<Record<string, string>>;
  readonly proxies: readonly FaultProxy[];
  readonly faults: Readonly<Record<FakeProviderName, RandomFaults>>;
  bill(): BilledImage[];
  stop(): Promise<void>;
}

/** @param names those that the studio has keys of */
export async function openFakeProviders(
  seed: number,
  rate: number,
  names: readonly FakeProviderName[],
): Promise<FakeProviders> {
  const faults = {
    replicate: createRandomFaults(seed, 'replicate', rate),
    fal: createRandomFaults(seed, 'fal', rate),
    huggingface: createRandomFaults(seed, 'huggingface', rate),
  };
  const [replicate, fal, huggingface] = await Promise.all([
    createFakeReplicate({ faults: faults.replicate }),
    createFakeFal({ faults: faults.fal }),
    createFakeHuggingFace({ faults: faults.huggingface }),
  ]);
  const proxy = async (url: string) => startFaultProxy(Number(new URL(url).port));
  const [toReplicate, toFal, toHuggingFace] = await Promise.all([
    proxy(replicate.url),
    proxy(fal.queueUrl),
    proxy(huggingface.baseUrl),
  ]);
  const environment: Record<FakeProviderName, Record<string, string>> = {
    replicate: {
      REPLICATE_API_TOKEN: replicate.token,
      REPLICATE_BASE_URL: throughPort(replicate.url, toReplicate.port),
    },
    fal: {
      FAL_KEY: fal.key,
      FAL_QUEUE_URL: throughPort(fal.queueUrl, toFal.port),
      FAL_API_URL: throughPort(fal.apiUrl, toFal.port),
    },
    huggingface: {
      HF_TOKEN: huggingface.token,
      HF_BASE_URL: throughPort(huggingface.baseUrl, toHuggingFace.port),
      HF_HUB_URL: throughPort(huggingface.hubUrl, toHuggingFace.port),
    },
  };
  return {
    proxies: [toReplicate, toFal, toHuggingFace],
    faults,
    environment: Object.assign({}, ...names.map((name) => environment[name])) as Record<string, string>,
    bill: () => [
      ...replicate
        .ledger()
        .map(({ id, model, prompt, state }) => billed('replicate', id, model, prompt, state === 'succeeded')),
      ...fal
        .ledger()
        .map(({ id, model, prompt, state }) => billed('fal', id, model, String(prompt), state === 'succeeded')),
      ...huggingface.ledger().map(({ model, prompt }) => billed('huggingface', undefined, model, prompt, true)),
    ],
    async stop() {
      await Promise.all([replicate.stop(), fal.stop(), huggingface.stop()]);
      await Promise.all([toReplicate, toFal, toHuggingFace].map((proxied) => proxied.close()));
    },
  };
}

function billed(
  provider: FakeProviderName,
  id: string | undefined,
  model: string,
  prompt: string,
  isPaid: boolean,
): BilledImage {
  return { provider, id, model, prompt, isPaid };
}
