import type { z } from 'zod';
import { type CallPurpose, httpFailure, parseJson } from '../http/http-failure.ts';
import { asText, type Outcome, sendOnce } from '../http/send-once.ts';
import type { FalRequest } from './fal-job.ts';
import {
  type Accepted,
  accepted,
  historyPage,
  type HistoryPage,
  queueStatus,
  type QueueStatus,
} from './fal-messages.ts';
import { FAL_FAILURES } from './job-failure.ts';

/** A page of the history with the largest prompts and images stays below this. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;
/** The service's maximum. */
const HISTORY_PAGE_SIZE = 100;
/** Output files are public addresses of faces: they last as long as results do, far longer than a generation. */
const OUTPUT_LIFETIME_S = 3_600;
/** Finished or unknown: there is nothing to cancel. */
const NOTHING_TO_CANCEL: ReadonlySet<number> = new Set([400, 404]);

export interface FalApi {
  submit(request: NewRequest, signal: AbortSignal): Promise<Accepted>;
  status(request: FalRequest, signal: AbortSignal): Promise<QueueStatus>;
  /** The raw reply: for a failed request, it is the failure. */
  result(request: FalRequest, signal: AbortSignal): Promise<Outcome>;
  /** A finished or unknown request is no error. */
  cancel(request: FalRequest, signal: AbortSignal): Promise<void>;
  /** A model's finished requests since a time, with their inputs. */
  history(query: HistoryQuery, signal: AbortSignal): Promise<HistoryPage>;
}

interface NewRequest {
  readonly model: string;
  readonly input: object;
  /** Called when the request has ended. */
  readonly webhook?: string | undefined;
}

interface HistoryQuery {
  readonly model: string;
  readonly since: Date;
  readonly cursor?: string | undefined;
}

export interface FalApiOptions {
  readonly key: string;
  /** For example https://queue.fal.run */
  readonly queueUrl: string;
  /** With the version, for example https://api.fal.ai/v1 */
  readonly apiUrl: string;
  readonly timeoutMs: number;
  /** The service drops a request that no runner has started by then, at no cost. */
  readonly startsWithinS: number;
  readonly fetch: typeof fetch;
}

/**
 * The five calls of fal's API that we use. Each is sent once, has a timeout, and is validated; all failures are ProviderFailure. Plain
 * HTTP, since the client library retries on its own. The service's retries are switched off as well: the workflow decides on retries,
 * since it can use the next provider instead.
 */
export function createFalApi(options: FalApiOptions): FalApi {
  const { key, queueUrl, apiUrl, fetch, timeoutMs, startsWithinS } = options;
  const deps = { fetch, timeoutMs, replyMaxBytes: MAX_REPLY_BYTES };
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
    const isOk = outcome.kind === 'answered' && outcome.status < 300;
    const parsed = isOk ? shape.safeParse(parseJson(outcome.body)) : undefined;
    if (parsed?.success) return parsed.data;
    throw httpFailure(FAL_FAILURES, outcome, purpose, signal.aborted);
  }

  const requestUrl = ({ app, requestId }: FalRequest) => `${queueUrl}/${app}/requests/${requestId}`;

  return {
    async submit({ model, input, webhook }, signal) {
      const headers = {
        'content-type': 'application/json',
        'x-fal-request-timeout': String(startsWithinS),
        'x-fal-no-retry': '1',
        // Another model's image would have another price and seed, and its request could not be found.
        'x-app-fal-disable-fallback': 'true',
        'x-fal-object-lifecycle-preference': JSON.stringify({ expiration_duration_seconds: OUTPUT_LIFETIME_S }),
      };
      const query = webhook === undefined ? '' : `?${new URLSearchParams({ fal_webhook: webhook })}`;
      const outcome = await send(`${queueUrl}/${model}${query}`, signal, {
        method: 'POST',
        headers,
        body: JSON.stringify(input),
      });
      return read(outcome, accepted, 'submit', signal);
    },
    status: async (request, signal) =>
      read(await send(`${requestUrl(request)}/status`, signal), queueStatus, 'read', signal),
    result: (request, signal) => send(requestUrl(request), signal),
    async cancel(request, signal) {
      const outcome = await send(`${requestUrl(request)}/cancel`, signal, { method: 'PUT' });
      if (outcome.kind === 'answered' && (outcome.status < 300 || NOTHING_TO_CANCEL.has(outcome.status))) return;
      throw httpFailure(FAL_FAILURES, outcome, 'read', signal.aborted);
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
      return read(outcome, historyPage, 'read', signal);
    },
  };
}
