import Replicate from 'replicate';
import { z } from 'zod';
import { ProviderFailure } from '../port.ts';
import { type CallPurpose, type FailureClassifier, httpFailure, parseJson } from '../http/http-failure.ts';
import type { Outcome } from '../http/send-once.ts';
import { type Prediction, type PredictionPage, prediction, predictionId, predictionPage } from './prediction.ts';
import { createSingleShot } from './single-shot-fetch.ts';

/** Answers to a cancel that mean there is nothing left to cancel. */
const NOTHING_TO_CANCEL: ReadonlySet<number> = new Set([400, 404, 409, 422]);

/** Only the service's own title and field names: `detail` may quote the prompt. */
const problem = z.object({
  title: z.string().max(120).optional(),
  invalid_fields: z.array(z.object({ field: z.string().max(60) })).optional(),
});
const REPLICATE_FAILURES: FailureClassifier = { service: 'Replicate', describe };

export interface ReplicateApi {
  readonly baseUrl: URL;
  /** @param cancelAfterS the service ends the prediction by itself after this, also when nobody is left to cancel it */
  create(model: string, input: object, cancelAfterS: number, signal: AbortSignal): Promise<Prediction>;
  get(id: string, signal: AbortSignal): Promise<Prediction>;
  /** What is finished or unknown needs no cancelling and is no error. */
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /** Newest first, 100 a page. */
  list(query: { createdAfter: Date; cursor?: string | undefined }, signal: AbortSignal): Promise<PredictionPage>;
  account(signal: AbortSignal): Promise<void>;
}

export interface ReplicateApiOptions {
  readonly token: string;
  /** With its version, such as https://api.replicate.com/v1 */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Called when a prediction has ended. */
  readonly webhookUrl?: string | undefined;
  readonly fetch: typeof fetch;
}

/**
 * The five calls we make, each sent once, bounded in time, checked in shape; all failures are {@link ProviderFailure}.
 * Creation goes through the client's `request`, because its `predictions.create` can't send Cancel-After. It does not send
 * `Prefer: wait`: the reply is what tells us the id, and the longer it takes, the longer a lost one leaves a paid image
 * that nobody can poll or cancel.
 */
export function createReplicateApi(options: ReplicateApiOptions): ReplicateApi {
  const singleShot = createSingleShot(options);
  const client = new Replicate({
    auth: options.token,
    baseUrl: options.baseUrl,
    fetch: singleShot.fetch,
    useFileOutput: false,
  });

  /** No response behind an error: the reply came, but not in the shape it should have. */
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
    create: (model, input, cancelAfterS, signal) =>
      call('submit', signal, prediction, async () => {
        const headers = { 'Cancel-After': `${cancelAfterS}s` };
        const path = `/models/${model}/predictions`;
        const data = { input, ...(options.webhookUrl !== undefined && calledBack(options.webhookUrl)) };
        const reply = await client.request(path, { method: 'POST', headers, data, signal });
        return reply.json();
      }),
    async get(id, signal) {
      const checked = checkedId(id);
      return call('read', signal, prediction, () => client.predictions.get(checked, { signal }));
    },
    async cancel(id, signal) {
      const checked = checkedId(id);
      try {
        await client.predictions.cancel(checked, { signal });
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

/** Only the end is worth a call. */
function calledBack(webhook: string) {
  return { webhook, webhook_events_filter: ['completed'] };
}

function checkedId(id: string): string {
  const parsed = predictionId.safeParse(id);
  if (!parsed.success) throw new ProviderFailure('invalid_input', 'That is no id of a prediction');
  return parsed.data;
}

function describe(body: string): string {
  const parsed = problem.safeParse(parseJson(body));
  if (!parsed.success) return '';
  const { title, invalid_fields: fields = [] } = parsed.data;
  return [title, ...fields.map(({ field }) => field)].filter((part) => part !== undefined).join(', ');
}

/** The client's ApiError is not exported; what matters is the response it carries. */
function responseOf(error: unknown): Response | undefined {
  return error instanceof Error && 'response' in error && error.response instanceof Response
    ? error.response
    : undefined;
}
