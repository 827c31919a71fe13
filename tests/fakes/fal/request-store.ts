import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { PredictionFault } from '../faults/fault.ts';
import { MODEL_SCHEMAS, type ModelInput, type ModelName } from './model-schemas.ts';

export type Ended = 'succeeded' | 'failed' | 'canceled' | 'timed_out';

export interface StoredRequest {
  readonly id: string;
  readonly model: ModelName;
  /** As sent, which the history returns. */
  readonly sent: Record<string, unknown>;
  /** The queue accepts any input; the model's validation error is the request's result. */
  readonly input: z.ZodSafeParseResult<ModelInput>;
  readonly sentMs: number;
  readonly runsMs: number;
  readonly startBeforeMs: number;
  /** How long its output is available after its end. */
  readonly outputLastsMs: number;
  /** Whether the service may have used another model. */
  readonly isFallbackAllowed: boolean;
  readonly fault: PredictionFault | undefined;
  cancelledMs: number | undefined;
}

/** One accepted request, as it would be billed. */
export interface LedgerEntry {
  readonly id: string;
  readonly model: string;
  readonly seed: unknown;
  readonly prompt: unknown;
  readonly state: Ended | 'running';
  readonly cancelled: boolean;
  readonly isFallbackAllowed: boolean;
}

type NewRequest = Pick<StoredRequest, 'model' | 'sent' | 'fault' | 'outputLastsMs' | 'isFallbackAllowed'> & {
  readonly startsWithinMs: number;
};

const NEVER_MS = Number.POSITIVE_INFINITY;
/** A request spends a fifth of its time waiting for a runner. */
const QUEUED_SHARE = 0.2;

/** Stores all requests. Their state is computed from the clock, without timers. */
export function createRequestStore(options: { readonly now: () => number; readonly runsMs: number }) {
  const requests = new Map<string, StoredRequest>();

  function startsMs(request: StoredRequest): number {
    return request.fault?.fault === 'never_starts'
      ? NEVER_MS
      : request.sentMs + Math.min(request.runsMs * QUEUED_SHARE, 1_000);
  }

  function endsMs(request: StoredRequest): number {
    const dropped = startsMs(request) > request.startBeforeMs ? request.startBeforeMs : NEVER_MS;
    return Math.min(request.sentMs + request.runsMs, dropped, request.cancelledMs ?? NEVER_MS);
  }

  function endOf(request: StoredRequest): Ended | undefined {
    if (options.now() < endsMs(request)) return undefined;
    if (endsMs(request) === request.cancelledMs) return 'canceled';
    if (startsMs(request) > request.startBeforeMs) return 'timed_out';
    return request.fault?.fault === 'failed' || !request.input.success ? 'failed' : 'succeeded';
  }

  return {
    endsMs,
    endOf,
    isQueued: (request: StoredRequest) => options.now() < startsMs(request),
    get: (id: string) => requests.get(id),
    clear: () => requests.clear(),
    isOutputGone: (request: StoredRequest) => options.now() > endsMs(request) + request.outputLastsMs,
    add({ startsWithinMs, ...newRequest }: NewRequest): StoredRequest {
      const sentMs = options.now();
      const request = {
        ...newRequest,
        id: randomUUID(),
        input: MODEL_SCHEMAS[newRequest.model].safeParse(newRequest.sent) as z.ZodSafeParseResult<ModelInput>,
        sentMs,
        startBeforeMs: sentMs + startsWithinMs,
        runsMs: runsMsOf(newRequest.fault) ?? options.runsMs,
        cancelledMs: undefined,
      };
      requests.set(request.id, request);
      return request;
    },
    cancel(request: StoredRequest): void {
      request.cancelledMs = options.now();
    },
    /** Finished requests, newest first. */
    listed(model: string, sinceMs: number): StoredRequest[] {
      const isListed = (request: StoredRequest) =>
        request.model === model &&
        request.sentMs >= sinceMs &&
        endOf(request) !== undefined &&
        !(request.fault?.fault === 'unlisted' && options.now() < endsMs(request) + request.fault.ms);
      return [...requests.values()].filter(isListed).toReversed();
    },
    ledger(): LedgerEntry[] {
      return [...requests.values()].map((request) => ({
        id: request.id,
        model: request.model,
        seed: request.sent['seed'],
        prompt: request.sent['prompt'],
        state: endOf(request) ?? 'running',
        cancelled: request.cancelledMs !== undefined,
        isFallbackAllowed: request.isFallbackAllowed,
      }));
    },
  };
}

export type RequestStore = ReturnType<typeof createRequestStore>;

function runsMsOf(fault: PredictionFault | undefined): number | undefined {
  if (fault?.fault === 'stuck' || fault?.fault === 'never_starts') return NEVER_MS;
  return fault?.fault === 'slow' ? fault.ms : undefined;
}
