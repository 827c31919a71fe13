import { callbackAddress } from '#domain/provider/callback-address.ts';
import { modelOf } from '#domain/provider/provider.ts';
import { pauseBetweenPolls } from '../http/pause-between-polls.ts';
import { collectImage, outputDeleted } from '../http/collect-image.ts';
import { downloadFile, isOnHost } from '../http/download-file.ts';
import { httpFailure, parseJson } from '../http/http-failure.ts';
import type { Outcome } from '../http/send-once.ts';
import { type ImageProvider, type JobProgress, type ImageRequest, ProviderFailure } from '../port.ts';
import { createFalApi } from './fal-api.ts';
import { acceptedJob, type FalRequest, falRequestOf } from './fal-job.ts';
import { fluxOutput } from './fal-messages.ts';
import { findLost } from './find-lost.ts';
import { modelInput } from './model-input.ts';
import { FAL_FAILURES, jobFailure, resultFailure } from './job-failure.ts';

export const FAL_QUEUE_URL = 'https://queue.fal.run';
export const FAL_API_URL = 'https://api.fal.ai/v1';

/** The queue replies in about 100 ms; a slower call is lost. */
const CALL_TIMEOUT_MS = 15_000;
/** Enough for 2 MB over a slow connection. */
const DOWNLOAD_TIMEOUT_MS = 30_000;
/** Runners are warm; after a longer wait another provider is faster. */
const START_TIMEOUT_S = 20;
/** The lost call itself, the longest wait for a runner, and several times an image's duration. */
const SETTLES_MS = CALL_TIMEOUT_MS + START_TIMEOUT_S * 1_000 + 25_000;
const POLL_EVERY_MS = 3_000;
/** The status has no timestamp to pace polls by: often enough to be quick, at a tenth of the rate limit. */
const POLL_AFTER_MS = 500;
/** Output files live here. */
const OUTPUT_HOST = 'fal.media';
/** The service keeps results of this size for an hour after completion. */
const RESULT_GONE: ReadonlySet<number> = new Set([404, 410]);
const BILLED_UNITS_HEADER = 'x-fal-billable-units';
/** The largest image has 4 megapixels; a larger number is another unit. */
const BILLED_UNITS_MAX = 16;
/** The health check lists this model's recent requests: free, and it fails for a wrong key. */
const HEALTH_MODEL = 'fal-ai/flux/schnell';

export interface FalOptions {
  readonly key: string;
  readonly queueUrl?: string | undefined;
  readonly apiUrl?: string | undefined;
  /** The service calls it, with the attempt's id, when a request has ended; polling is then only the fallback. */
  readonly webhookUrl?: string | undefined;
  readonly fetch?: typeof fetch;
  readonly callTimeoutMs?: number;
  readonly downloadTimeoutMs?: number;
  readonly settlesMs?: number;
  readonly pollEveryMs?: number;
}

/** FLUX at fal: a queue over HTTP. A job whose reply was lost is looked up in the account's request history. */
export function createFalProvider(options: FalOptions): ImageProvider {
  const { key, queueUrl = FAL_QUEUE_URL, apiUrl = FAL_API_URL, fetch: send = fetch } = options;
  const timeoutMs = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
  const api = createFalApi({ key, queueUrl, apiUrl, timeoutMs, startsWithinS: START_TIMEOUT_S, fetch: send });
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
    headersFor: () => ({}), // the files are public, so the key is not sent
  };

  async function collect(falRequest: FalRequest, request: ImageRequest, signal: AbortSignal): Promise<JobProgress> {
    const outcome = await api.result(falRequest, signal);
    return collectImage({
      provider: 'fal',
      model: request.model,
      output: outputOf(outcome, signal),
      billedUnits: billedUnitsOf(outcome),
      download: (url) => downloadFile(download, url, signal),
      mayAppear: () => true, // files outlive results by days
    });
  }

  return {
    name: 'fal',
    canFind: true,
    findsSlowly: true,
    async submit(request, signal) {
      const { model, attemptId } = request;
      const webhook = options.webhookUrl && callbackAddress(options.webhookUrl, attemptId);
      const reply = await api.submit({ model, input: modelInput(request), webhook }, signal);
      return { ...acceptedJob(model, reply), pollAfterMs: modelOf('fal', model)?.typicalMs ?? 0 };
    },
    async poll(job, request, signal) {
      const falRequest = falRequestOf(job);
      const { status, error_type: type } = await api.status(falRequest, signal);
      if (status !== 'COMPLETED') return { state: 'running', pollAfterMs: POLL_AFTER_MS };
      if (type != null) return { state: 'failed', failure: jobFailure(type, 'transient') };
      return collect(falRequest, request, signal);
    },
    cancel: async (job, signal) => api.cancel(falRequestOf(job), signal),
    find: (attempt, signal) => findLost(find, attempt, signal),
    async healthCheck(signal) {
      await api.history({ model: HEALTH_MODEL, since: new Date() }, signal);
    },
  };
}

/**
 * The URL of the output file, or why there is none.
 * @throws ProviderFailure when only the call failed
 */
function outputOf(outcome: Outcome, signal: AbortSignal): string | ProviderFailure {
  const failure = resultFailure(outcome) ?? goneFailure(outcome);
  if (failure !== undefined) return failure;
  const output = outcome.kind === 'answered' && outcome.status < 300 ? parseJson(outcome.body) : undefined;
  if (output === undefined) throw httpFailure(FAL_FAILURES, outcome, 'read', signal.aborted);
  const parsed = fluxOutput.safeParse(output);
  if (parsed.success && parsed.data.has_nsfw_concepts?.includes(true)) {
    return new ProviderFailure('moderated', 'The content filter blocked the image');
  }
  return parsed.data?.images[0]?.url ?? new ProviderFailure('corrupt_output', 'The request completed without an image');
}

/** How much of the model's unit (a megapixel or an image) the service bills; undefined where the reply does not tell. */
function billedUnitsOf(outcome: Outcome): number | undefined {
  const units =
    outcome.kind === 'answered' ? Number(outcome.headers.get(BILLED_UNITS_HEADER) ?? Number.NaN) : Number.NaN;
  return units > 0 && units <= BILLED_UNITS_MAX ? units : undefined;
}

function goneFailure(outcome: Outcome): ProviderFailure | undefined {
  return outcome.kind === 'answered' && RESULT_GONE.has(outcome.status) ? outputDeleted() : undefined;
}
