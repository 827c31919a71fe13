import type { MadePrediction, PredictionBook } from './prediction-store.ts';

/** The words of the service's own checker. */
const NSFW_ERROR = 'NSFW content detected. Try running it again, or try a different prompt.';
const RUNNING: ReadonlySet<string> = new Set(['starting', 'processing']);

/** A prediction as the API shows it, at this moment. `origin` is the scheme, host and port the caller used. */
export function presentPrediction(book: PredictionBook, made: MadePrediction, origin: string): Record<string, unknown> {
  const status = book.statusOf(made);
  const removed = book.isDataRemoved(made);
  const get = `${origin}/v1/predictions/${made.id}`;
  return {
    id: made.id,
    model: made.model,
    version: 'hidden',
    input: removed ? {} : made.sent,
    logs: removed || status === 'starting' ? '' : `Using seed: ${made.input.seed}\n`,
    output: status === 'succeeded' && !removed ? outputOf(made, origin) : null,
    data_removed: removed,
    error: status === 'failed' ? errorOf(made) : null,
    source: 'api',
    status,
    created_at: new Date(made.createdMs).toISOString(),
    ...(made.deadlineMs === undefined ? {} : { deadline: new Date(made.deadlineMs).toISOString() }),
    ...(RUNNING.has(status) ? {} : finished(book, made)),
    urls: { get, cancel: `${get}/cancel`, web: `https://replicate.com/p/${made.id}` },
  };
}

function finished(book: PredictionBook, made: MadePrediction): Record<string, unknown> {
  const completedMs = book.endsMs(made);
  const seconds = (completedMs - made.createdMs) / 1000;
  return {
    started_at: new Date(made.createdMs).toISOString(),
    completed_at: new Date(completedMs).toISOString(),
    metrics: { predict_time: seconds, total_time: seconds },
  };
}

/** The open models answer with a list, the pro model with one address. */
function outputOf(made: MadePrediction, origin: string): unknown {
  if (made.fault?.fault === 'empty') return [];
  if (made.fault?.fault === 'foreign_output') return ['http://169.254.169.254/latest/meta-data'];
  const address = `${origin}/files/${made.id}/out-0.${made.input.output_format}`;
  return 'num_outputs' in made.input ? [address] : address;
}

function errorOf(made: MadePrediction): string {
  return made.fault?.fault === 'nsfw' ? NSFW_ERROR : (made.fault?.error ?? 'failed');
}
