import { modelOf } from '#domain/provider/provider.ts';
import { pauseBetweenPolls } from '../http/pause-between-polls.ts';
import { downloadFile, isOnHost, OutputGone } from '../http/download-file.ts';
import { httpFailure, parseJson } from '../http/http-failure.ts';
import type { Outcome } from '../http/send-once.ts';
import { type ImageProvider, type JobProgress, type ImageRequest, ProviderFailure } from '../port.ts';
import { createFalApi } from './fal-api.ts';
import { type FalRequest, jobOf, requestOf } from './fal-job.ts';
import { fluxOutput } from './fal-messages.ts';
import { findLost } from './find-lost.ts';
import { modelInput } from './model-input.ts';
import { FAL_FAILURES, resultFailure, workFailure } from './job-failure.ts';

export const FAL_QUEUE_URL = 'https://queue.fal.run';
export const FAL_API_URL = 'https://api.fal.ai/v1';

/** The queue answers in some 100 ms; a call that takes longer than this is lost. */
const CALL_TIMEOUT_MS = 15_000;
/** 2 MB over a bad line. */
const DOWNLOAD_TIMEOUT_MS = 30_000;
/** Runners are warm; who waits longer gets an image sooner elsewhere. */
const STARTS_WITHIN_S = 20;
/** The lost call itself, the longest wait for a runner, and several times what an image takes. */
const SETTLES_MS = CALL_TIMEOUT_MS + STARTS_WITHIN_S * 1_000 + 25_000;
const POLL_EVERY_MS = 3_000;
/** The status does not say since when: often enough to be quick, a tenth of the calls that would be too many. */
const POLL_AFTER_MS = 500;
/** Output files live here. */
const OUTPUT_HOST = 'fal.media';
/** Results of our size are kept an hour after completion; then the address is forgotten. */
const RESULT_GONE: ReadonlySet<number> = new Set([404, 410]);
/** The health check lists what this model was asked lately: free, and wrong keys are told. */
const HEALTH_MODEL = 'fal-ai/flux/schnell';

export interface FalOptions {
  readonly key: string;
  readonly queueUrl?: string | undefined;
  readonly apiUrl?: string | undefined;
  readonly fetch?: typeof fetch;
  readonly callTimeoutMs?: number;
  readonly downloadTimeoutMs?: number;
  readonly settlesMs?: number;
  readonly pollEveryMs?: number;
}

/** FLUX at fal: a queue by HTTP, bought once, looked up in the account's history when a reply is lost. */
export function createFalProvider(options: FalOptions): ImageProvider {
  const { key, queueUrl = FAL_QUEUE_URL, apiUrl = FAL_API_URL, fetch: send = fetch } = options;
  const timeoutMs = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
  const api = createFalApi({ key, queueUrl, apiUrl, timeoutMs, startsWithinS: STARTS_WITHIN_S, fetch: send });
  const find = {
    api,
    settlesMs: options.settlesMs ?? SETTLES_MS,
    pollEveryMs: options.pollEveryMs ?? POLL_EVERY_MS,
    sleep: pauseBetweenPolls,
  };
  const { origin } = new URL(queueUrl);
  const download = {
    fetch: send,
    timeoutMs: options.downloadTimeoutMs ?? DOWNLOAD_TIMEOUT_MS,
    isTrusted: (url: URL) => url.origin === origin || isOnHost(url, OUTPUT_HOST),
    headersFor: () => ({}), // the files are public: the key stays here
  };

  async function collect(falRequest: FalRequest, request: ImageRequest, signal: AbortSignal): Promise<JobProgress> {
    const outcome = await api.result(falRequest, signal);
    const failure = resultFailure(outcome) ?? goneFailure(outcome);
    if (failure !== undefined) return { state: 'failed', failure };
    const output = outcome.kind === 'answered' && outcome.status < 300 ? parseJson(outcome.body) : undefined;
    if (output === undefined) throw httpFailure(FAL_FAILURES, outcome, 'read', signal.aborted);
    const address = addressIn(output);
    if (address instanceof ProviderFailure) return { state: 'failed', failure: address };
    try {
      const bytes = await downloadFile(download, address, signal);
      return { state: 'succeeded', image: { bytes, costUsd: costOf(request), credit: null } };
    } catch (error) {
      // Files outlive results by days, so one that is missing is still on its way.
      if (error instanceof OutputGone)
        throw new ProviderFailure('transient', 'The output file is not there yet', { cause: error });
      if (error instanceof ProviderFailure && error.kind === 'corrupt_output')
        return { state: 'failed', failure: error };
      throw error;
    }
  }

  return {
    name: 'fal',
    canFind: true,
    async submit(request, signal) {
      const requestId = await api.submit(request.model, modelInput(request), signal);
      return { ...jobOf(request.model, requestId), pollAfterMs: modelOf('fal', request.model)?.typicalMs ?? 0 };
    },
    async poll(job, request, signal) {
      const falRequest = requestOf(job);
      const { status, error_type: type } = await api.status(falRequest, signal);
      if (status !== 'COMPLETED') return { state: 'running', pollAfterMs: POLL_AFTER_MS };
      if (type != null) return { state: 'failed', failure: workFailure(type, 'transient') };
      return collect(falRequest, request, signal);
    },
    cancel: async (job, signal) => api.cancel(requestOf(job), signal),
    find: (attempt, signal) => findLost(find, attempt, signal),
    async healthCheck(signal) {
      await api.history({ model: HEALTH_MODEL, since: new Date() }, signal);
    },
    estimateCost: costOf,
  };
}

function costOf({ model }: Pick<ImageRequest, 'model'>): number {
  return modelOf('fal', model)?.costUsd ?? 0;
}

function addressIn(output: unknown): string | ProviderFailure {
  const parsed = fluxOutput.safeParse(output);
  if (parsed.success && parsed.data.has_nsfw_concepts?.includes(true)) {
    return new ProviderFailure('moderated', 'The content checker kept the image back');
  }
  const address = parsed.data?.images[0]?.url;
  return address ?? new ProviderFailure('corrupt_output', 'The request was completed without an image');
}

function goneFailure(outcome: Outcome): ProviderFailure | undefined {
  const isGone = outcome.kind === 'answered' && RESULT_GONE.has(outcome.status);
  return isGone ? new ProviderFailure('corrupt_output', 'The output was already deleted') : undefined;
}
