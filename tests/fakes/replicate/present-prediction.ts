import type { StoredPrediction, PredictionStore } from './prediction-store.ts';

/** The message of the service's content filter. */
const NSFW_ERROR = 'NSFW content detected. Try running it again, or try a different prompt.';
const RUNNING: ReadonlySet<string> = new Set(['starting', 'processing']);

/** A prediction as the API returns it at this moment. `origin` is the scheme, host and port the caller used. */
export function presentPrediction(
  store: PredictionStore,
  prediction: StoredPrediction,
  origin: string,
): Record<string, unknown> {
  const status = store.statusOf(prediction);
  const removed = store.isDataRemoved(prediction);
  const get = `${origin}/v1/predictions/${prediction.id}`;
  return {
    id: prediction.id,
    model: prediction.model,
    version: 'hidden',
    input: removed ? {} : prediction.sent,
    logs: removed || status === 'starting' ? '' : `Using seed: ${prediction.input.seed}\n`,
    output: status === 'succeeded' && !removed ? outputOf(prediction, origin) : null,
    data_removed: removed,
    error: status === 'failed' ? errorOf(prediction) : null,
    source: 'api',
    ...(prediction.webhook === undefined ? {} : { webhook: prediction.webhook }),
    status,
    created_at: new Date(prediction.createdMs).toISOString(),
    ...(prediction.deadlineMs === undefined ? {} : { deadline: new Date(prediction.deadlineMs).toISOString() }),
    ...(RUNNING.has(status) ? {} : finished(store, prediction)),
    urls: { get, cancel: `${get}/cancel`, web: `https://replicate.com/p/${prediction.id}` },
  };
}

function finished(store: PredictionStore, prediction: StoredPrediction): Record<string, unknown> {
  const completedMs = store.endsMs(prediction);
  const seconds = (completedMs - prediction.createdMs) / 1000;
  return {
    started_at: new Date(prediction.createdMs).toISOString(),
    completed_at: new Date(completedMs).toISOString(),
    metrics: { predict_time: seconds, total_time: seconds },
  };
}

/** The open models return a list, the pro model a single URL. */
function outputOf(prediction: StoredPrediction, origin: string): unknown {
  if (prediction.fault?.fault === 'empty') return [];
  if (prediction.fault?.fault === 'foreign_output') return ['http://169.254.169.254/latest/meta-data'];
  const url = `${origin}/files/${prediction.id}/out-0.${prediction.input.output_format}`;
  return 'num_outputs' in prediction.input ? [url] : url;
}

function errorOf(prediction: StoredPrediction): string {
  return prediction.fault?.fault === 'nsfw' ? NSFW_ERROR : (prediction.fault?.error ?? 'failed');
}
