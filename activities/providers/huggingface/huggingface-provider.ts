import { randomUUID } from 'node:crypto';
import { listPriceUsd } from '#domain/provider/provider.ts';
import { IMAGE_MAX_BYTES } from '../http/download-file.ts';
import { asText, type Outcome, sendOnce } from '../http/send-once.ts';
import { BodyTooLarge } from '../http/bounded-body.ts';
import { type ImageProvider, ProviderFailure } from '../port.ts';
import { requestFailure, generationFailure } from './call-failure.ts';
import { createHeldImages } from './held-images.ts';
import { taskInput } from './model-input.ts';

export const HF_BASE_URL = 'https://router.huggingface.co/hf-inference';
export const HF_HUB_URL = 'https://huggingface.co';

/** The reply is the image: usually ten seconds, several times that under load. */
const GENERATION_TIMEOUT_MS = 60_000;
const HEALTH_CHECK_TIMEOUT_MS = 15_000;

export interface HuggingFaceOptions {
  readonly key: string;
  /** The inference API. */
  readonly baseUrl?: string | undefined;
  /** The hub's API, which checks the token. */
  readonly hubUrl?: string | undefined;
  readonly fetch?: typeof fetch;
  readonly generationTimeoutMs?: number;
}

/**
 * FLUX and Stable Diffusion at Hugging Face: one synchronous call whose reply is the image. The service has no job ids, so a job can't
 * be looked up or cancelled. The bytes are held in this process until they are staged; if the process dies first, they are lost, and
 * the image is bought again.
 */
export function createHuggingFaceProvider(options: HuggingFaceOptions): ImageProvider {
  const { key, baseUrl = HF_BASE_URL, hubUrl = HF_HUB_URL, fetch: send = fetch } = options;
  const authorization = `Bearer ${key}`;
  const deps = { fetch: send, replyMaxBytes: IMAGE_MAX_BYTES };
  const held = createHeldImages();

  return {
    name: 'huggingface',
    canFind: false,
    findsSlowly: false,
    async submit(request, signal) {
      const body = JSON.stringify(taskInput(request));
      const headers = { authorization, accept: 'image/png', 'content-type': 'application/json' };
      const timeoutMs = options.generationTimeoutMs ?? GENERATION_TIMEOUT_MS;
      const outcome = await sendOnce({ ...deps, timeoutMs }, `${baseUrl}/models/${request.model}`, {
        method: 'POST',
        headers,
        body,
        signal,
      });
      const externalId = `hf-${randomUUID()}`;
      held.hold(externalId, imageIn(outcome, request.prompt, signal));
      return { externalId, pollAfterMs: 0 };
    },
    poll({ externalId }, request) {
      const bytes = held.get(externalId);
      if (bytes === undefined) {
        const failure = new ProviderFailure('transient', 'The image was lost with the process that bought it');
        return Promise.resolve({ state: 'failed', failure });
      }
      return Promise.resolve({
        state: 'succeeded',
        image: { bytes, costUsd: listPriceUsd('huggingface', request.model), credit: null },
      });
    },
    async cancel({ externalId }) {
      held.drop(externalId);
    },
    find: () => Promise.resolve(undefined),
    async healthCheck(signal) {
      const url = `${hubUrl}/api/whoami-v2`;
      const outcome = await sendOnce({ ...deps, timeoutMs: HEALTH_CHECK_TIMEOUT_MS }, url, {
        headers: { authorization },
        signal,
      });
      if (outcome.kind === 'unknown' || outcome.status >= 300) throw requestFailure(asText(outcome), signal.aborted);
    },
  };
}

/** @throws ProviderFailure unless the reply is an image */
function imageIn(outcome: Outcome<Buffer>, prompt: string, signal: AbortSignal): Buffer {
  if (outcome.kind === 'unknown' && outcome.cause instanceof BodyTooLarge) {
    throw new ProviderFailure('corrupt_output', outcome.cause.message, { accepted: 'maybe' });
  }
  if (outcome.kind === 'unknown' || outcome.status >= 300)
    throw generationFailure(asText(outcome), prompt, signal.aborted);
  const isImage = outcome.headers.get('content-type')?.startsWith('image/') === true && outcome.body.length > 0;
  if (isImage) return outcome.body;
  throw new ProviderFailure('corrupt_output', 'Hugging Face answered without an image', { accepted: 'maybe' });
}
