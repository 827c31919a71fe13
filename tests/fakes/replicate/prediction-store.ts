import { randomBytes } from 'node:crypto';
import type { PredictionFault } from '../faults/fault.ts';
import { type ModelInput, type ModelName, imageOf, promptOf } from './model-schemas.ts';

export type Status = 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'aborted';

export interface MadePrediction {
  readonly id: string;
  readonly model: ModelName;
  /** As sent, which is what the service gives back. */
  readonly sent: Record<string, unknown>;
  readonly input: ModelInput;
  readonly createdMs: number;
  readonly runsMs: number;
  readonly deadlineMs: number | undefined;
  readonly fault: PredictionFault | undefined;
  cancelledMs: number | undefined;
}

/** One accepted prediction: what the provider would put on the bill. */
export interface LedgerEntry {
  readonly id: string;
  readonly model: string;
  readonly seed: number | undefined;
  readonly prompt: string;
  /** The image it began with. */
  readonly image: Buffer | undefined;
  readonly state: Status;
  readonly createdAt: string;
  readonly cancelled: boolean;
}

type SubmitInput = Pick<MadePrediction, 'model' | 'sent' | 'input' | 'fault'> & {
  readonly cancelAfterMs: number | undefined;
};

export interface BookOptions {
  readonly now: () => number;
  /** How long a prediction runs. */
  readonly runsMs: number;
  /** How long inputs and outputs are kept after completion. */
  readonly retentionMs: number;
}

const NEVER_MS = Number.POSITIVE_INFINITY;
/** The service's machines pick a prediction up quickly; a fifth of its time is spent starting. */
const STARTING_PART = 0.2;
const STARTING_MAX_MS = 1_000;

/** All predictions made here. State follows from the time alone, so nothing ticks. */
export function createPredictionBook(options: BookOptions) {
  const book = new Map<string, MadePrediction>();

  function endsMs(made: MadePrediction): number {
    const ends = made.createdMs + made.runsMs;
    return Math.min(ends, made.deadlineMs ?? NEVER_MS, made.cancelledMs ?? NEVER_MS);
  }

  function startsMsOf(made: MadePrediction): number {
    if (made.fault?.fault === 'never_starts') return NEVER_MS;
    return made.createdMs + Math.min(made.runsMs * STARTING_PART, STARTING_MAX_MS);
  }

  function statusOf(made: MadePrediction): Status {
    const now = options.now();
    const ends = endsMs(made);
    const startsMs = startsMsOf(made);
    if (now < ends) return now < startsMs ? 'starting' : 'processing';
    if (ends === made.cancelledMs) return 'canceled';
    if (ends === made.deadlineMs) return ends < startsMs ? 'aborted' : 'canceled';
    return made.fault?.fault === 'failed' || made.fault?.fault === 'nsfw' ? 'failed' : 'succeeded';
  }

  return {
    endsMs,
    statusOf,
    get: (id: string) => book.get(id),
    clear: () => book.clear(),
    make({ cancelAfterMs, ...created }: SubmitInput): MadePrediction {
      const { fault } = created;
      const runsMs = runsMsOf(fault) ?? options.runsMs;
      const createdMs = options.now();
      const deadlineMs = cancelAfterMs === undefined ? undefined : createdMs + cancelAfterMs;
      const made = { ...created, id: newId(), createdMs, deadlineMs, runsMs, cancelledMs: undefined };
      book.set(made.id, made);
      return made;
    },
    cancel(made: MadePrediction): void {
      if (options.now() < endsMs(made)) made.cancelledMs = options.now();
    },
    /** Newest first, those that may be listed by now. */
    listed(): MadePrediction[] {
      const hidden = (made: MadePrediction) =>
        made.fault?.fault === 'unlisted' && options.now() < made.createdMs + made.fault.ms;
      return [...book.values()].filter((made) => !hidden(made)).toReversed();
    },
    isDataRemoved(made: MadePrediction): boolean {
      if (options.now() < endsMs(made)) return false;
      return made.fault?.fault === 'deleted' || options.now() > endsMs(made) + options.retentionMs;
    },
    isFileThere(made: MadePrediction): boolean {
      const lateMs = made.fault?.fault === 'file_late' ? made.fault.ms : 0;
      return statusOf(made) === 'succeeded' && options.now() >= endsMs(made) + lateMs;
    },
    ledger(): LedgerEntry[] {
      return [...book.values()].map((made) => ({
        id: made.id,
        model: made.model,
        seed: made.input.seed,
        prompt: promptOf(made.input),
        image: imageOf(made.input),
        state: statusOf(made),
        createdAt: new Date(made.createdMs).toISOString(),
        cancelled: made.cancelledMs !== undefined,
      }));
    },
  };
}

function runsMsOf(fault: PredictionFault | undefined): number | undefined {
  if (fault?.fault === 'stuck' || fault?.fault === 'never_starts') return NEVER_MS;
  return fault?.fault === 'slow' ? fault.ms : undefined;
}

export type PredictionBook = ReturnType<typeof createPredictionBook>;

/** 26 characters of Crockford's base 32 in lower case, as the service's own. */
function newId(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  return [...randomBytes(26)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
