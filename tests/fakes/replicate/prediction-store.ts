import { randomBytes } from 'node:crypto';
import type { PredictionFault } from '../faults/fault.ts';
import { type ModelInput, type ModelName, imageOf, promptOf } from './model-schemas.ts';

export type Status = 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'aborted';

export interface StoredPrediction {
  readonly id: string;
  readonly model: ModelName;
  /** As sent, which the service returns. */
  readonly sent: Record<string, unknown>;
  readonly input: ModelInput;
  readonly createdMs: number;
  readonly runsMs: number;
  readonly deadlineMs: number | undefined;
  /** As sent, which the service returns. */
  readonly webhook: string | undefined;
  readonly fault: PredictionFault | undefined;
  cancelledMs: number | undefined;
}

/** One accepted prediction, as it would be billed. */
export interface LedgerEntry {
  readonly id: string;
  readonly model: string;
  readonly seed: number | undefined;
  readonly prompt: string;
  /** The reference image in the input. */
  readonly image: Buffer | undefined;
  readonly state: Status;
  readonly createdAt: string;
  readonly webhook: string | undefined;
  readonly cancelled: boolean;
}

type NewPrediction = Pick<StoredPrediction, 'model' | 'sent' | 'input' | 'webhook' | 'fault'> & {
  readonly cancelAfterMs: number | undefined;
};

export interface StoreOptions {
  readonly now: () => number;
  /** How long a prediction runs without a fault. */
  readonly runsMs: number;
  /** How long inputs and outputs are kept after completion. */
  readonly retentionMs: number;
}

const NEVER_MS = Number.POSITIVE_INFINITY;
/** A prediction spends a fifth of its time starting. */
const STARTING_SHARE = 0.2;
const STARTING_MAX_MS = 1_000;

/** Stores all predictions. Their state is computed from the clock, without timers. */
export function createPredictionStore(options: StoreOptions) {
  const predictions = new Map<string, StoredPrediction>();

  function endsMs(prediction: StoredPrediction): number {
    const ends = prediction.createdMs + prediction.runsMs;
    return Math.min(ends, prediction.deadlineMs ?? NEVER_MS, prediction.cancelledMs ?? NEVER_MS);
  }

  function startsMsOf(prediction: StoredPrediction): number {
    if (prediction.fault?.fault === 'never_starts') return NEVER_MS;
    return prediction.createdMs + Math.min(prediction.runsMs * STARTING_SHARE, STARTING_MAX_MS);
  }

  function statusOf(prediction: StoredPrediction): Status {
    const now = options.now();
    const ends = endsMs(prediction);
    const startsMs = startsMsOf(prediction);
    if (now < ends) return now < startsMs ? 'starting' : 'processing';
    if (ends === prediction.cancelledMs) return 'canceled';
    if (ends === prediction.deadlineMs) return ends < startsMs ? 'aborted' : 'canceled';
    return prediction.fault?.fault === 'failed' || prediction.fault?.fault === 'nsfw' ? 'failed' : 'succeeded';
  }

  return {
    endsMs,
    statusOf,
    get: (id: string) => predictions.get(id),
    clear: () => predictions.clear(),
    add({ cancelAfterMs, ...newPrediction }: NewPrediction): StoredPrediction {
      const { fault } = newPrediction;
      const runsMs = runsMsOf(fault) ?? options.runsMs;
      const createdMs = options.now();
      const deadlineMs = cancelAfterMs === undefined ? undefined : createdMs + cancelAfterMs;
      const prediction = { ...newPrediction, id: newId(), createdMs, deadlineMs, runsMs, cancelledMs: undefined };
      predictions.set(prediction.id, prediction);
      return prediction;
    },
    cancel(prediction: StoredPrediction): void {
      if (options.now() < endsMs(prediction)) prediction.cancelledMs = options.now();
    },
    /** Predictions that are listed by now, newest first. */
    listed(): StoredPrediction[] {
      const hidden = (prediction: StoredPrediction) =>
        prediction.fault?.fault === 'unlisted' && options.now() < prediction.createdMs + prediction.fault.ms;
      return [...predictions.values()].filter((prediction) => !hidden(prediction)).toReversed();
    },
    isDataRemoved(prediction: StoredPrediction): boolean {
      if (options.now() < endsMs(prediction)) return false;
      return prediction.fault?.fault === 'deleted' || options.now() > endsMs(prediction) + options.retentionMs;
    },
    isFileThere(prediction: StoredPrediction): boolean {
      const lateMs = prediction.fault?.fault === 'file_late' ? prediction.fault.ms : 0;
      return statusOf(prediction) === 'succeeded' && options.now() >= endsMs(prediction) + lateMs;
    },
    ledger(): LedgerEntry[] {
      return [...predictions.values()].map((prediction) => ({
        id: prediction.id,
        model: prediction.model,
        seed: prediction.input.seed,
        prompt: promptOf(prediction.input),
        image: imageOf(prediction.input),
        state: statusOf(prediction),
        createdAt: new Date(prediction.createdMs).toISOString(),
        webhook: prediction.webhook,
        cancelled: prediction.cancelledMs !== undefined,
      }));
    },
  };
}

function runsMsOf(fault: PredictionFault | undefined): number | undefined {
  if (fault?.fault === 'stuck' || fault?.fault === 'never_starts') return NEVER_MS;
  return fault?.fault === 'slow' ? fault.ms : undefined;
}

export type PredictionStore = ReturnType<typeof createPredictionStore>;

/** 26 characters of Crockford's base 32 in lower case, like the service's ids. */
function newId(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  return [...randomBytes(26)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
