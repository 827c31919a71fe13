import { callbackAddress } from '#domain/provider/callback-address.ts';
import { modelOf } from '#domain/provider/provider.ts';
import { type ImageProvider, type JobProgress, type ImageRequest, ProviderFailure } from '../port.ts';
import { pauseBetweenPolls } from '../http/pause-between-polls.ts';
import { collectImage, outputDeleted } from '../http/collect-image.ts';
import { pollAfterMs } from './poll-after.ts';
import { downloadOutput } from './download-output.ts';
import { findLost } from './find-lost.ts';
import { modelInput } from './model-input.ts';
import { type Prediction, outputUrls } from './prediction.ts';
import { isModerated, predictionFailure } from './prediction-failure.ts';
import { createReplicateApi } from './replicate-api.ts';

export const REPLICATE_BASE_URL = 'https://api.replicate.com/v1';

/** The API replies in about 100 ms; a slower call is lost. */
const CALL_TIMEOUT_MS = 15_000;
/** Enough for 2 MB over a slow connection. */
const DOWNLOAD_TIMEOUT_MS = 30_000;
/** FLUX takes seconds. The service cancels a stuck prediction after this time, even if our process is gone. */
const PREDICTION_DEADLINE_MS = 5 * 60_000;
/** A lost prediction is searched for at once and then twice more: a search is free, a second image is not. */
const FIND_POLLS_AFTER_MS = [0, 1_000, 3_000];
/** A file that is missing this soon after completion may not have reached the CDN yet. */
const OUTPUT_GRACE_MS = 60_000;

export interface ReplicateOptions {
  readonly key: string;
  readonly baseUrl?: string | undefined;
  /** The service calls it, with the attempt's id, when a prediction has ended; polling is then only the fallback. */
  readonly webhookUrl?: string | undefined;
  readonly fetch?: typeof fetch;
  readonly callTimeoutMs?: number;
  readonly downloadTimeoutMs?: number;
  /** At least 5,000, the service's minimum. */
  readonly predictionDeadlineMs?: number;
  readonly findPollsAfterMs?: readonly number[];
}

/** FLUX at Replicate: asynchronous predictions over HTTP. A prediction whose reply was lost is looked up in the account's list. */
export function createReplicateProvider(options: ReplicateOptions): ImageProvider {
  const { key, baseUrl = REPLICATE_BASE_URL, fetch: send = fetch } = options;
  const api = createReplicateApi({
    token: key,
    baseUrl,
    fetch: send,
    timeoutMs: options.callTimeoutMs ?? CALL_TIMEOUT_MS,
  });
  const download = {
    token: key,
    fetch: send,
    baseUrl: api.baseUrl,
    timeoutMs: options.downloadTimeoutMs ?? DOWNLOAD_TIMEOUT_MS,
  };
  const deadlineS = Math.ceil((options.predictionDeadlineMs ?? PREDICTION_DEADLINE_MS) / 1000);
  const find = { api, pollsAfterMs: options.findPollsAfterMs ?? FIND_POLLS_AFTER_MS, sleep: pauseBetweenPolls };

  function collect(prediction: Prediction, { model }: ImageRequest, signal: AbortSignal): Promise<JobProgress> {
    const [url] = outputUrls(prediction.output);
    return collectImage({
      provider: 'replicate',
      model,
      output: url ?? emptyOutput(prediction),
      download: (output) => downloadOutput(download, output, signal),
      mayAppear: () => sinceCompletionMs(prediction) < OUTPUT_GRACE_MS,
    });
  }

  return {
    name: 'replicate',
    canFind: true,
    findsSlowly: false,
    async submit(request, signal) {
      const { model, attemptId } = request;
      const webhook = options.webhookUrl && callbackAddress(options.webhookUrl, attemptId);
      const { id } = await api.create({ model, input: modelInput(request), cancelAfterS: deadlineS, webhook }, signal);
      return { externalId: id, pollAfterMs: pollAfterMs(typicalMs(request), 0) };
    },
    async poll(job, request, signal) {
      const prediction = await api.get(job.externalId, signal);
      if (prediction.status === 'succeeded') return collect(prediction, request, signal);
      const failure = predictionFailure(prediction);
      if (failure !== undefined) return { state: 'failed', failure };
      const elapsedMs = Date.now() - Date.parse(prediction.created_at);
      return { state: 'running', pollAfterMs: pollAfterMs(typicalMs(request), elapsedMs) };
    },
    cancel: (job, signal) => api.cancel(job.externalId, signal),
    find: (attempt, signal) => findLost(find, attempt, signal),
    healthCheck: (signal) => api.account(signal),
  };
}

function typicalMs(request: ImageRequest): number {
  return modelOf('replicate', request.model)?.typicalMs ?? 0;
}

function sinceCompletionMs({ completed_at: at }: Prediction): number {
  return at == null ? 0 : Date.now() - Date.parse(at);
}

function emptyOutput(prediction: Prediction): ProviderFailure {
  if (prediction.data_removed === true) return outputDeleted();
  return isModerated(prediction.logs ?? '')
    ? new ProviderFailure('moderated', 'The content filter blocked the image')
    : new ProviderFailure('corrupt_output', 'The prediction succeeded without an image');
}
