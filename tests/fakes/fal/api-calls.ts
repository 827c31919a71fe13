import sharp from 'sharp';
import { z } from 'zod';
import type { FaultQueue } from '../faults/fault-queue.ts';
import type { Incoming } from '../faults/serve-faulty.ts';
import { drawDelivered } from '../faults/undeliverable-image.ts';
import { OVERSIZED_BYTES, type Reply } from '../faults/wire.ts';
import { isModel, type ModelInput } from './model-schemas.ts';
import { endedReply, modelError, NOT_FOUND } from './replies.ts';
import type { StoredRequest, RequestStore } from './request-store.ts';

/** Posts a request's end, signed, to its webhook, as the service does. */
export type SendWebhook = (webhook: string, request: StoredRequest, origin: string) => void;

export interface CallContext {
  readonly store: RequestStore;
  readonly faults: FaultQueue;
  readonly pageSize: number;
  readonly sendWebhook: SendWebhook;
}

const SECOND_MS = 1000;
const FALLBACK_HEADER = 'x-app-fal-disable-fallback';
const LIFECYCLE_HEADER = 'x-fal-object-lifecycle-preference';
const MEGAPIXEL = 1024 * 1024;
const LANDSCAPE = { width: 1024, height: 768 };
const NSFW_BY_PROMPT = 'content_policy_violation';

/** POST /{model}: the call that costs money. */
export function create({ store, faults, sendWebhook }: CallContext, model: string, incoming: Incoming): Reply {
  const body = z.record(z.string(), z.unknown()).safeParse(JSON.parse(incoming.body));
  if (!isModel(model) || !body.success) return NOT_FOUND;
  const timeout = Number(incoming.headers['x-fal-request-timeout'] ?? Number.POSITIVE_INFINITY);
  const request = store.add({
    model,
    sent: body.data,
    startsWithinMs: timeout * SECOND_MS,
    outputLastsMs: outputLifetimeS(incoming.headers[LIFECYCLE_HEADER]) * SECOND_MS,
    isFallbackAllowed: incoming.headers[FALLBACK_HEADER] !== 'true',
    fault: faults.shiftForPrediction(String(body.data['prompt'])),
  });
  const webhook = incoming.query.get('fal_webhook');
  if (webhook !== null) sendWebhook(webhook, request, incoming.origin);
  return { status: 200, body: { ...urlsOf(request, incoming.origin), status: 'IN_QUEUE', queue_position: 0 } };
}

/** Unlimited by default. */
function outputLifetimeS(header: string | string[] | undefined): number {
  const preference = z
    .object({ expiration_duration_seconds: z.number().positive() })
    .safeParse(typeof header === 'string' ? JSON.parse(header) : undefined);
  return preference.data?.expiration_duration_seconds ?? Number.POSITIVE_INFINITY;
}

/** GET …/status: 202 while the request waits or runs, 200 when it has ended or failed. */
export function status({ store }: CallContext, id: string, { origin }: Incoming): Reply {
  const request = store.get(id);
  if (request === undefined) return NOT_FOUND;
  if (store.endOf(request) !== undefined) {
    return { status: 200, body: { ...urlsOf(request, origin), status: 'COMPLETED', logs: null, metrics: {} } };
  }
  const waiting = store.isQueued(request)
    ? { status: 'IN_QUEUE', queue_position: 0 }
    : { status: 'IN_PROGRESS', logs: null };
  return { status: 202, body: { ...urlsOf(request, origin), ...waiting } };
}

/** GET …/requests/{id}: the model's output or error. */
export function result({ store }: CallContext, id: string, { origin }: Incoming): Reply {
  const request = store.get(id);
  if (request === undefined || request.fault?.fault === 'deleted') return NOT_FOUND;
  const ended = store.endOf(request);
  if (ended === undefined) return { status: 400, body: { detail: 'Request is still in progress' } };
  if (ended !== 'succeeded') return endedReply(request, ended);
  if (request.fault?.fault === 'nsfw' && request.fault.error === NSFW_BY_PROMPT) {
    return modelError(422, NSFW_BY_PROMPT, ['body', 'prompt'], request.sent['prompt']);
  }
  return {
    status: 200,
    body: outputOf(request, origin),
    headers: { 'x-fal-billable-units': String(billedUnits(request)) },
  };
}

/** PUT …/cancel */
export function cancel({ store }: CallContext, id: string): Reply {
  const request = store.get(id);
  if (request === undefined) return { status: 404, body: { status: 'NOT_FOUND' } };
  if (store.endOf(request) !== undefined) return { status: 400, body: { status: 'ALREADY_COMPLETED' } };
  store.cancel(request);
  return { status: 202, body: { status: 'CANCELLATION_REQUESTED' } };
}

/** GET /v1/models/requests/by-endpoint: finished requests, newest first; the cursor is an offset. */
export function history({ store, pageSize }: CallContext, { query }: Incoming): Reply {
  const offset = Number(Buffer.from(query.get('cursor') ?? '', 'base64').toString() || 0);
  const all = store.listed(query.get('endpoint_id') ?? '', Date.parse(query.get('start') ?? '') || 0);
  const size = Math.min(pageSize, Number(query.get('limit') ?? pageSize));
  const page = all.slice(offset, offset + size);
  const more = offset + page.length < all.length;
  const withPayloads = query.get('expand') === 'payloads';
  return {
    status: 200,
    body: {
      items: page.map((request) => listed(store, request, withPayloads)),
      next_cursor: more ? Buffer.from(String(offset + page.length)).toString('base64') : null,
      has_more: more,
    },
  };
}

/** GET /files/{id}.png: the image, as fal.media would serve it. */
export async function file({ store }: CallContext, id: string): Promise<Reply> {
  const request = store.get(id);
  if (request === undefined || !request.input.success || request.fault?.fault === 'file_late') return NOT_FOUND;
  if (store.isOutputGone(request)) return NOT_FOUND;
  if (request.fault?.fault === 'oversized') return { status: 200, body: Buffer.alloc(OVERSIZED_BYTES) };
  const { data } = request.input;
  const format = data.output_format === 'png' ? 'png' : 'jpg';
  const { width: widthPx, height: heightPx } = await sizeOf(data);
  const body = await drawDelivered({ widthPx, heightPx, seed: data.seed ?? 0, format }, request.fault?.fault);
  return { status: 200, body, contentType: `image/${data.output_format}` };
}

/** Megapixels, rounded up; a model that is priced by image bills one. */
function billedUnits({ sent }: StoredRequest): number {
  const size = z.object({ width: z.number(), height: z.number() }).safeParse(sent['image_size']).data;
  return size === undefined ? 1 : Math.ceil((size.width * size.height) / MEGAPIXEL);
}

export function outputOf(request: StoredRequest, origin: string): object {
  const host = request.fault?.fault === 'foreign_output' ? 'http://169.254.169.254' : origin;
  const image = { url: `${host}/files/${request.id}.png`, width: 1024, height: 1024, content_type: 'image/png' };
  return {
    images: request.fault?.fault === 'empty' ? [] : [image],
    timings: { inference: 1 },
    seed: request.sent['seed'] ?? 0,
    has_nsfw_concepts: [request.fault?.fault === 'nsfw'],
    prompt: request.sent['prompt'],
  };
}

function listed(store: RequestStore, request: StoredRequest, withPayloads: boolean): object {
  const ended = store.endOf(request);
  return {
    request_id: request.id,
    endpoint_id: request.model,
    sent_at: new Date(request.sentMs).toISOString(),
    started_at: new Date(request.sentMs).toISOString(),
    ended_at: new Date(store.endsMs(request)).toISOString(),
    status_code: ended === undefined || ended === 'succeeded' ? 200 : endedReply(request, ended).status,
    duration: (store.endsMs(request) - request.sentMs) / SECOND_MS,
    ...(withPayloads ? { json_input: request.sent, json_output: {} } : {}),
  };
}

function urlsOf({ id, model }: StoredRequest, origin: string): object {
  const base = `${origin}/${model.split('/').slice(0, 2).join('/')}/requests/${id}`;
  return { request_id: id, response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
}

/** Without a size, a model that is given an image follows its shape, or the ratio that it is given. */
async function sizeOf(input: ModelInput): Promise<{ width: number; height: number }> {
  if ('image_size' in input) return typeof input.image_size === 'object' ? input.image_size : LANDSCAPE;
  const given = 'aspect_ratio' in input ? input.aspect_ratio?.split(':').map(Number) : undefined;
  const [width = 1, height = 1] = given ?? (await shapeOf(input.image_url));
  const scale = LANDSCAPE.width / Math.max(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

async function shapeOf(dataUri: string): Promise<[width: number, height: number]> {
  const bytes = Buffer.from(dataUri.slice(dataUri.indexOf(',') + 1), 'base64');
  const { width, height } = await sharp(bytes).metadata();
  return [width, height];
}
