import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { PredictionFault } from '../faults/fault.ts';
import { MODEL_SCHEMAS, type ModelInput, type ModelName } from './model-schemas.ts';

export type Ended = 'succeeded' | 'failed' | 'canceled' | 'timed_out';

export interface MadeRequest {
  readonly id: string;
  readonly model: ModelName;
  /** As sent, which is what the history gives back. */
  readonly sent: Record<string, unknown>;
  /** The queue takes anything; what the model does not understand is told as its result. */
  readonly input: z.ZodSafeParseResult<ModelInput>;
  readonly sentMs: number;
  readonly runsMs: number;
  readonly startBeforeMs: number;
  readonly fault: PredictionFault | undefined;
  cancelledMs: number | undefined;
}

/** One accepted request: what the provider would put on the bill. */
export interface LedgerEntry {
  readonly id: string;
  readonly model: string;
  readonly seed: unknown;
  readonly prompt: unknown;
  readonly state: Ended | 'running';
  readonly cancelled: boolean;
}

type SubmitInput = Pick<MadeRequest, 'model' | 'sent' | 'fault'> & { readonly startsWithinMs: number };

const NEVER_MS = Number.POSITIVE_INFINITY;
/** A fifth of its time a request waits for a runner. */
const QUEUED_PART = 0.2;

/** All requests made here. State follows from the time alone, so nothing ticks. */
export function createRequestBook(options: { readonly now: () => number; readonly runsMs: number }) {
  const book = new Map<string, MadeRequest>();

  function startsMs(made: MadeRequest): number {
    return made.fault?.fault === 'never_starts' ? NEVER_MS : made.sentMs + Math.min(made.runsMs * QUEUED_PART, 1_000);
  }

  function endsMs(made: MadeRequest): number {
    const dropped = startsMs(made) > made.startBeforeMs ? made.startBeforeMs : NEVER_MS;
    return Math.min(made.sentMs + made.runsMs, dropped, made.cancelledMs ?? NEVER_MS);
  }

  function endOf(made: MadeRequest): Ended | undefined {
    if (options.now() < endsMs(made)) return undefined;
    if (endsMs(made) === made.cancelledMs) return 'canceled';
    if (startsMs(made) > made.startBeforeMs) return 'timed_out';
    return made.fault?.fault === 'failed' || !made.input.success ? 'failed' : 'succeeded';
  }

  return {
    endsMs,
    endOf,
    isQueued: (made: MadeRequest) => options.now() < startsMs(made),
    get: (id: string) => book.get(id),
    clear: () => book.clear(),
    make({ startsWithinMs, ...submit }: SubmitInput): MadeRequest {
      const sentMs = options.now();
      const made = {
        ...submit,
        id: randomUUID(),
        input: MODEL_SCHEMAS[submit.model].safeParse(submit.sent) as z.ZodSafeParseResult<ModelInput>,
        sentMs,
        startBeforeMs: sentMs + startsWithinMs,
        runsMs: runsMsOf(submit.fault) ?? options.runsMs,
        cancelledMs: undefined,
      };
      book.set(made.id, made);
      return made;
    },
    cancel(made: MadeRequest): void {
      made.cancelledMs = options.now();
    },
    /** Newest first; the history knows only what is over. */
    listed(model: string, sinceMs: number): MadeRequest[] {
      const isListed = (made: MadeRequest) =>
        made.model === model &&
        made.sentMs >= sinceMs &&
        endOf(made) !== undefined &&
        !(made.fault?.fault === 'unlisted' && options.now() < endsMs(made) + made.fault.ms);
      return [...book.values()].filter(isListed).toReversed();
    },
    ledger(): LedgerEntry[] {
      return [...book.values()].map((made) => ({
        id: made.id,
        model: made.model,
        seed: made.sent['seed'],
        prompt: made.sent['prompt'],
        state: endOf(made) ?? 'running',
        cancelled: made.cancelledMs !== undefined,
      }));
    },
  };
}

export type RequestBook = ReturnType<typeof createRequestBook>;

function runsMsOf(fault: PredictionFault | undefined): number | undefined {
  if (fault?.fault === 'stuck' || fault?.fault === 'never_starts') return NEVER_MS;
  return fault?.fault === 'slow' ? fault.ms : undefined;
}
