import { z } from 'zod';
import type { FaultQueue } from '../faults/fault-queue.ts';
import { OVERSIZED_BYTES, type Reply } from '../faults/wire.ts';
import type { SendWebhook } from './send-webhook.ts';
import { drawOutput } from './draw-output.ts';
import { isModel, MODEL_SCHEMAS, promptOf } from './model-schemas.ts';
import type { StoredPrediction, PredictionStore } from './prediction-store.ts';
import { presentPrediction } from './present-prediction.ts';

export interface CallContext {
  readonly store: PredictionStore;
  readonly faults: FaultQueue;
  readonly pageSize: number;
  readonly now: () => number;
  readonly sendWebhook?: SendWebhook | undefined;
  /** When the last Retry-After ends, by this clock, and how many calls ignored it. */
  readonly retryAfter: { untilMs: number; ignoredCalls: number };
}

export interface Incoming {
  readonly origin: string;
  readonly query: URLSearchParams;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

const NOT_FOUND: Reply = {
  status: 404,
  body: { title: 'Not found', detail: 'The requested resource could not be found.', status: 404 },
};
const createBody = z.strictObject({
  input: z.record(z.string(), z.unknown()),
  webhook: z.url().optional(),
  webhook_events_filter: z.array(z.enum(['start', 'output', 'logs', 'completed'])).optional(),
});

/** POST /v1/models/{owner}/{name}/predictions: the call that costs money. */
export function create(
  context: CallContext,
  model: string,
  incoming: Incoming,
): Reply & { prediction?: StoredPrediction } {
  if (!isModel(model)) return NOT_FOUND;
  const body = createBody.safeParse(parseJson(incoming.body));
  if (!body.success) return invalid(body.error, '');
  const input = MODEL_SCHEMAS[model].safeParse(body.data.input);
  if (!input.success) return invalid(input.error, 'input.');
  const prediction = context.store.add({
    model,
    sent: body.data.input,
    input: input.data,
    webhook: body.data.webhook,
    cancelAfterMs: cancelAfterMs(incoming.headers['cancel-after']),
    fault: context.faults.shiftForPrediction(promptOf(input.data)),
  });
  if (body.data.webhook !== undefined) context.sendWebhook?.(body.data.webhook, prediction, incoming.origin);
  return { status: 201, body: presentPrediction(context.store, prediction, incoming.origin), prediction };
}

export function get(context: CallContext, id: string, incoming: Incoming): Reply {
  const prediction = context.store.get(id);
  return prediction ? { status: 200, body: presentPrediction(context.store, prediction, incoming.origin) } : NOT_FOUND;
}

export function cancel(context: CallContext, id: string, incoming: Incoming): Reply {
  const prediction = context.store.get(id);
  if (prediction === undefined) return NOT_FOUND;
  context.store.cancel(prediction);
  return get(context, id, incoming);
}

/** GET /v1/predictions: newest first, `created_after`, `created_before`, and a cursor that is an offset. */
export function list(context: CallContext, incoming: Incoming): Reply {
  const { query, origin } = incoming;
  const after = Date.parse(query.get('created_after') ?? '') || 0;
  const before = Date.parse(query.get('created_before') ?? '') || Number.POSITIVE_INFINITY;
  const offset = Number(Buffer.from(query.get('cursor') ?? '', 'base64url').toString() || 0);
  const all = context.store.listed().filter(({ createdMs }) => createdMs >= after && createdMs < before);
  const page = all.slice(offset, offset + context.pageSize);
  const more = offset + page.length < all.length;
  return {
    status: 200,
    body: {
      next: more ? pageUrl(origin, offset + page.length) : null,
      previous: offset > 0 ? pageUrl(origin, Math.max(0, offset - context.pageSize)) : null,
      results: page.map((prediction) => presentPrediction(context.store, prediction, origin)),
    },
  };
}

/** GET /files/{id}/…: the image, as replicate.delivery would serve it. */
export async function output(context: CallContext, id: string): Promise<Reply> {
  const prediction = context.store.get(id);
  if (prediction === undefined || context.store.isDataRemoved(prediction) || !context.store.isFileThere(prediction))
    return NOT_FOUND;
  const fault = prediction.fault?.fault;
  const contentType = `image/${prediction.input.output_format}`;
  if (fault === 'oversized') return { status: 200, body: Buffer.alloc(OVERSIZED_BYTES), contentType };
  return { status: 200, body: await drawOutput(prediction.input, fault), contentType };
}

export function account(): Reply {
  return { status: 200, body: { type: 'organization', username: 'avatar-studio', name: 'Avatar Studio' } };
}

/** Cancel-After: `30`, `30s`, `5m`, `1h30m45s`; at least 5 s. */
function cancelAfterMs(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined;
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(header) ?? [];
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return Math.max(5, total) * 1000;
}

function pageUrl(origin: string, offset: number): string {
  return `${origin}/v1/predictions?cursor=${Buffer.from(String(offset)).toString('base64url')}`;
}

function invalid(error: z.ZodError, prefix: string): Reply {
  const fields = error.issues.map(({ path, message }) => ({
    type: 'invalid',
    field: `${prefix}${path.join('.')}`,
    description: message,
  }));
  const detail = fields.map(({ field, description }) => `- ${field}: ${description}\n`).join('');
  return { status: 422, body: { title: 'Input validation failed', detail, status: 422, invalid_fields: fields } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
