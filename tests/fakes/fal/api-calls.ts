import { z } from 'zod';
import { drawImage } from '../faults/draw-image.ts';
import type { FaultQueue } from '../faults/fault-queue.ts';
import type { Incoming } from '../faults/serve-faulty.ts';
import { OVERSIZED_BYTES, type Reply } from '../faults/wire.ts';
import { isModel, type ModelInput } from './model-schemas.ts';
import { endedReply, modelError, NOT_FOUND } from './replies.ts';
import type { MadeRequest, RequestBook } from './request-store.ts';

export interface CallContext {
  readonly book: RequestBook;
  readonly faults: FaultQueue;
  readonly pageSize: number;
}

const SECOND_MS = 1000;
const LANDSCAPE = { width: 1024, height: 768 };
const NSFW_BY_PROMPT = 'content_policy_violation';

/** POST /{model}: the call that costs money. */
export function submit({ book, faults }: CallContext, model: string, incoming: Incoming): Reply {
  const sent = z.record(z.string(), z.unknown()).safeParse(JSON.parse(incoming.body));
  if (!isModel(model) || !sent.success) return NOT_FOUND;
  const timeout = Number(incoming.headers['x-fal-request-timeout'] ?? Number.POSITIVE_INFINITY);
  const made = book.make({
    model,
    sent: sent.data,
    startsWithinMs: timeout * SECOND_MS,
    fault: faults.nextForPrediction(String(sent.data['prompt'])),
  });
  return { status: 200, body: { ...addresses(made, incoming.origin), status: 'IN_QUEUE', queue_position: 0 } };
}

/** GET …/status: 202 while it waits or runs, 200 when it is over, also when it failed. */
export function status({ book }: CallContext, id: string, { origin }: Incoming): Reply {
  const made = book.get(id);
  if (made === undefined) return NOT_FOUND;
  if (book.endOf(made) !== undefined) {
    return { status: 200, body: { ...addresses(made, origin), status: 'COMPLETED', logs: null, metrics: {} } };
  }
  const waiting = book.isQueued(made)
    ? { status: 'IN_QUEUE', queue_position: 0 }
    : { status: 'IN_PROGRESS', logs: null };
  return { status: 202, body: { ...addresses(made, origin), ...waiting } };
}

/** GET …/requests/{id}: what the model answered, be it an image's address or its complaint. */
export function result({ book }: CallContext, id: string, { origin }: Incoming): Reply {
  const made = book.get(id);
  if (made === undefined || made.fault?.fault === 'deleted') return NOT_FOUND;
  const ended = book.endOf(made);
  if (ended === undefined) return { status: 400, body: { detail: 'Request is still in progress' } };
  if (ended !== 'succeeded') return endedReply(made, ended);
  if (made.fault?.fault === 'nsfw' && made.fault.error === NSFW_BY_PROMPT) {
    return modelError(422, NSFW_BY_PROMPT, ['body', 'prompt'], made.sent['prompt']);
  }
  return { status: 200, body: outputOf(made, origin) };
}

/** PUT …/cancel */
export function cancel({ book }: CallContext, id: string): Reply {
  const made = book.get(id);
  if (made === undefined) return { status: 404, body: { status: 'NOT_FOUND' } };
  if (book.endOf(made) !== undefined) return { status: 400, body: { status: 'ALREADY_COMPLETED' } };
  book.cancel(made);
  return { status: 202, body: { status: 'CANCELLATION_REQUESTED' } };
}

/** GET /v1/models/requests/by-endpoint: newest first, only what is over, a cursor that means "from there". */
export function history({ book, pageSize }: CallContext, { query }: Incoming): Reply {
  const offset = Number(Buffer.from(query.get('cursor') ?? '', 'base64').toString() || 0);
  const all = book.listed(query.get('endpoint_id') ?? '', Date.parse(query.get('start') ?? '') || 0);
  const size = Math.min(pageSize, Number(query.get('limit') ?? pageSize));
  const page = all.slice(offset, offset + size);
  const more = offset + page.length < all.length;
  const withPayloads = query.get('expand') === 'payloads';
  return {
    status: 200,
    body: {
      items: page.map((made) => listed(book, made, withPayloads)),
      next_cursor: more ? Buffer.from(String(offset + page.length)).toString('base64') : null,
      has_more: more,
    },
  };
}

/** GET /files/{id}.png: the image itself, as fal.media would serve it. */
export async function file({ book }: CallContext, id: string): Promise<Reply> {
  const made = book.get(id);
  if (made === undefined || !made.input.success || made.fault?.fault === 'file_late') return NOT_FOUND;
  if (made.fault?.fault === 'oversized') return { status: 200, body: Buffer.alloc(OVERSIZED_BYTES) };
  const { data } = made.input;
  const format = data.output_format === 'png' ? 'png' : 'jpg';
  const { width: widthPx, height: heightPx } = sizeOf(data);
  const drawn = await drawImage({ widthPx, heightPx, seed: data.seed ?? 0, format });
  const isCut = made.fault?.fault === 'corrupt';
  const body = isCut ? drawn.subarray(0, drawn.length / 2) : drawn;
  return { status: 200, body, contentType: `image/${data.output_format}` };
}

function outputOf(made: MadeRequest, origin: string): object {
  const host = made.fault?.fault === 'foreign_output' ? 'http://169.254.169.254' : origin;
  const image = { url: `${host}/files/${made.id}.png`, width: 1024, height: 1024, content_type: 'image/png' };
  return {
    images: made.fault?.fault === 'empty' ? [] : [image],
    timings: { inference: 1 },
    seed: made.sent['seed'] ?? 0,
    has_nsfw_concepts: [made.fault?.fault === 'nsfw'],
    prompt: made.sent['prompt'],
  };
}

function listed(book: RequestBook, made: MadeRequest, withPayloads: boolean): object {
  const ended = book.endOf(made);
  return {
    request_id: made.id,
    endpoint_id: made.model,
    sent_at: new Date(made.sentMs).toISOString(),
    started_at: new Date(made.sentMs).toISOString(),
    ended_at: new Date(book.endsMs(made)).toISOString(),
    status_code: ended === undefined || ended === 'succeeded' ? 200 : endedReply(made, ended).status,
    duration: (book.endsMs(made) - made.sentMs) / SECOND_MS,
    ...(withPayloads ? { json_input: made.sent, json_output: {} } : {}),
  };
}

function addresses({ id, model }: MadeRequest, origin: string): object {
  const base = `${origin}/${model.split('/').slice(0, 2).join('/')}/requests/${id}`;
  return { request_id: id, response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
}

function sizeOf(input: ModelInput): { width: number; height: number } {
  return 'image_size' in input && typeof input.image_size === 'object' ? input.image_size : LANDSCAPE;
}
