import Replicate from 'replicate';
import { z } from 'zod';
import { providerLabel } from '#domain/provider/provider.ts';
import { ProviderFailure } from '../port.ts';
import { type CallPurpose, type FailureClassifier, httpFailure, parseJson } from '../http/http-failure.ts';
import type { Outcome } from '../http/send-once.ts';
import { type Prediction, type PredictionPage, prediction, predictionId, predictionPage } from './prediction.ts';
import { createSingleShot } from './single-shot-fetch.ts';

/** Replies to a cancellation that mean there is nothing to cancel. */
const NOTHING_TO_CANCEL: ReadonlySet<number> = new Set([400, 404, 409, 422]);

/** Only the service's own title and field names: `detail` may quote the prompt. */
const problem = z.object({
  title: z.string().max(120).optional(),
  invalid_fields: z.array(z.object({ field: z.string().max(60) })).optional(),
});
const REPLICATE_FAILURES: FailureClassifier = { service: providerLabel('replicate'), describe };

export interface ReplicateApi {
  readonly baseUrl: URL;
  create(prediction: NewPrediction, signal: AbortSignal): Promise<Prediction>;
  get(id: string, signal: AbortSignal): Promise<Prediction>;
  /** A finished or unknown prediction is no error. */
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /** Newest first, 100 a page. */
  list(query: { createdAfter: Date; cursor?: string | undefined }, signal: AbortSignal): Promise<PredictionPage>;
  account(signal: AbortSignal): Promise<void>;
}

interface NewPrediction {
  readonly model: string;
  readonly input: object;
  /** The service cancels the prediction by itself after this time, even if our process is gone. */
  readonly cancelAfterS: number;
  /** Called when the prediction has ended. */
  readonly webhook?: string | undefined;
}

export interface ReplicateApiOptions {
  readonly token: string;
  /** With the version, for example https://api.replicate.com/v1 */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
}

/**
 * The five calls of Replicate's API that we use. Each is sent once, has a timeout, and is validated; all failures are
 * {@link ProviderFailure}. Predictions are created through the client's `request`, since its `predictions.create` can't send
 * Cancel-After. `Prefer: wait` is not sent: the sooner the reply with the id arrives, the less likely it is that a paid job gets lost.
 */
export function createReplicateApi(options: ReplicateApiOptions): ReplicateApi {
  const singleShot = createSingleShot(options);
  const client = new Replicate({
    auth: options.token,
    baseUrl: options.baseUrl,
    fetch: singleShot.fetch,
    useFileOutput: false,
  });

  /** An error without a response: the reply did not have the expected shape. */
  function outcomeOf(error: unknown): Outcome {
    const response = responseOf(error);
    return (response && singleShot.outcomeOf(response)) ?? { kind: 'unknown', cause: error };
  }

  async function call<Shape extends z.ZodType>(
    purpose: CallPurpose,
    signal: AbortSignal,
    shape: Shape,
    send: () => Promise<unknown>,
  ): Promise<z.infer<Shape>> {
    try {
      return shape.parse(await send());
    } catch (error) {
      throw httpFailure(REPLICATE_FAILURES, outcomeOf(error), purpose, signal.aborted);
    }
  }

  return {
    baseUrl: new URL(options.baseUrl),
    create: ({ model, input, cancelAfterS, webhook }, signal) =>
      call('submit', signal, prediction, async () => {
        const headers = { 'Cancel-After': `${cancelAfterS}s` };
        const path = `/models/${model}/predictions`;
        const data = { input, ...(webhook !== undefined && webhookOptions(webhook)) };
        const reply = await client.request(path, { method: 'POST', headers, data, signal });
        return reply.json();
      }),
    async get(id, signal) {
      const validId = validatedId(id);
      return call('read', signal, prediction, () => client.predictions.get(validId, { signal }));
    },
    async cancel(id, signal) {
      const validId = validatedId(id);
      try {
        await client.predictions.cancel(validId, { signal });
      } catch (error) {
        const outcome = outcomeOf(error);
        if (outcome.kind === 'answered' && NOTHING_TO_CANCEL.has(outcome.status)) return;
        throw httpFailure(REPLICATE_FAILURES, outcome, 'read', signal.aborted);
      }
    },
    list: ({ createdAfter, cursor }, signal) =>
      call('read', signal, predictionPage, async () => {
        const params = { created_after: createdAfter.toISOString(), ...(cursor === undefined ? {} : { cursor }) };
        const reply = await client.request('/predictions', { method: 'GET', params, signal });
        return reply.json();
      }),
    async account(signal) {
      await call('read', signal, z.unknown(), () => client.accounts.current({ signal }));
    },
  };
}

/** Only the end of a prediction is of interest. */
function webhookOptions(webhook: string) {
  return { webhook, webhook_events_filter: ['completed'] };
}

function validatedId(id: string): string {
  const parsed = predictionId.safeParse(id);
  if (!parsed.success) throw new ProviderFailure('invalid_input', 'This is not the id of a prediction');
  return parsed.data;
}

function describe(body: string): string {
  const parsed = problem.safeParse(parseJson(body));
  if (!parsed.success) return '';
  const { title, invalid_fields: fields = [] } = parsed.data;
  return [title, ...fields.map(({ field }) => field)].filter((part) => part !== undefined).join(', ');
}

/** The client does not export its ApiError; only the response in it is needed. */
function responseOf(error: unknown): Response | undefined {
  return error instanceof Error && 'response' in error && error.response instanceof Response
    ? error.response
    : undefined;
}
