import type { z } from 'zod';
import { type CallPurpose, httpFailure, parseJson } from '../http/http-failure.ts';
import { asText, type Outcome, sendOnce } from '../http/send-once.ts';
import type { FalWork } from './fal-job.ts';
import { accepted, historyPage, type HistoryPage, queueStatus, type QueueStatus } from './fal-messages.ts';
import { FAL_FAILURES } from './job-failure.ts';

/** A page of the history with the largest prompts and images stays below this. */
const REPLY_MAX_BYTES = 32 * 1024 * 1024;
/** The most the service gives. */
const HISTORY_PAGE_SIZE = 100;
/** Already over, or never heard of: nothing is left to cancel. */
const NOTHING_TO_CANCEL: ReadonlySet<number> = new Set([400, 404]);

export interface FalApi {
  /** @returns the request's id */
  submit(model: string, input: object, signal: AbortSignal): Promise<string>;
  status(work: FalWork, signal: AbortSignal): Promise<QueueStatus>;
  /** Whatever the result is answered with: a failed work's answer is its failure. */
  result(work: FalWork, signal: AbortSignal): Promise<Outcome>;
  /** What is finished or unknown needs no cancelling and is no error. */
  cancel(work: FalWork, signal: AbortSignal): Promise<void>;
  /** What a model was asked since then, with inputs; only requests that are over. */
  history(query: HistoryQuery, signal: AbortSignal): Promise<HistoryPage>;
}

interface HistoryQuery {
  readonly model: string;
  readonly since: Date;
  readonly cursor?: string | undefined;
}

export interface FalApiOptions {
  readonly key: string;
  /** Such as https://queue.fal.run */
  readonly queueUrl: string;
  /** With its version, such as https://api.fal.ai/v1 */
  readonly apiUrl: string;
  readonly timeoutMs: number;
  /** An order that nobody has begun by then is dropped by the service, unpaid. */
  readonly startsWithinS: number;
  readonly fetch: typeof fetch;
}

/**
 * The five calls we make, each sent once, bounded in time, checked in shape; all failures are ProviderFailure. Plain HTTP,
 * because the client library repeats a call by rules of its own. The service's own repeats of a failed run are switched off:
 * whether a run is worth another is decided here, where the next provider can be asked instead.
 */
export function createFalApi(options: FalApiOptions): FalApi {
  const { key, queueUrl, apiUrl, fetch, timeoutMs, startsWithinS } = options;
  const deps = { fetch, timeoutMs, replyMaxBytes: REPLY_MAX_BYTES };
  const authorization = `Key ${key}`;

  async function send(url: string, signal: AbortSignal, init: RequestInit = {}): Promise<Outcome> {
    return asText(await sendOnce(deps, url, { ...init, signal, headers: { authorization, ...init.headers } }));
  }

  function read<Shape extends z.ZodType>(
    outcome: Outcome,
    shape: Shape,
    purpose: CallPurpose,
    signal: AbortSignal,
  ): z.infer<Shape> {
    const isFine = outcome.kind === 'answered' && outcome.status < 300;
    const parsed = isFine ? shape.safeParse(parseJson(outcome.body)) : undefined;
    if (parsed?.success) return parsed.data;
    throw httpFailure(FAL_FAILURES, outcome, purpose, signal.aborted);
  }

  const workUrl = ({ app, requestId }: FalWork) => `${queueUrl}/${app}/requests/${requestId}`;

  return {
    async submit(model, input, signal) {
      const headers = {
        'content-type': 'application/json',
        'x-fal-request-timeout': String(startsWithinS),
        'x-fal-no-retry': '1',
      };
      const outcome = await send(`${queueUrl}/${model}`, signal, {
        method: 'POST',
        headers,
        body: JSON.stringify(input),
      });
      return read(outcome, accepted, 'buying', signal).request_id;
    },
    status: async (work, signal) => read(await send(`${workUrl(work)}/status`, signal), queueStatus, 'asking', signal),
    result: (work, signal) => send(workUrl(work), signal),
    async cancel(work, signal) {
      const outcome = await send(`${workUrl(work)}/cancel`, signal, { method: 'PUT' });
      if (outcome.kind === 'answered' && (outcome.status < 300 || NOTHING_TO_CANCEL.has(outcome.status))) return;
      throw httpFailure(FAL_FAILURES, outcome, 'asking', signal.aborted);
    },
    async history({ model, since, cursor }, signal) {
      const query = new URLSearchParams({
        endpoint_id: model,
        start: since.toISOString(),
        limit: String(HISTORY_PAGE_SIZE),
        expand: 'payloads',
        ...(cursor === undefined ? {} : { cursor }),
      });
      const outcome = await send(`${apiUrl}/models/requests/by-endpoint?${query}`, signal);
      return read(outcome, historyPage, 'asking', signal);
    },
  };
}
