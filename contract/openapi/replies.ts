import { DOWNLOAD_FORMAT_FACTS } from '#domain/avatar/image-download.ts';
import { EVENTS, type EventName } from '../events.ts';
import { ANY_IMAGE, EVENT_STREAM, isImage, NO_CONTENT, ZIP_FILE, type ReplySchema, type Route } from '../route.ts';
import { headers, replyHeaders } from './headers.ts';
import type { Json } from './json.ts';
import { mediaType, referenceTo } from './schemas.ts';

const LABELS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'Done; the response has no body',
};

/** The success responses of a route. */
export function repliesOf(route: Route): Json {
  const replies = Object.entries(route.replies).map(([status, reply]) => [
    status,
    {
      description: LABELS[Number(status)] ?? 'OK',
      headers: replyHeaders(route, Number(status), reply),
      ...(reply !== NO_CONTENT && { content: contentOf(reply) }),
    },
  ]);
  return Object.fromEntries(isConditional(route) ? [...replies, ['304', NOT_MODIFIED]] : replies);
}

/** Whether the route is a GET whose response has an ETag. */
export function isConditional({ method, replies }: Route): boolean {
  return method === 'get' && Object.values(replies).every((reply) => typeof reply !== 'string' || isImage(reply));
}

const NOT_MODIFIED: Json = { description: 'The representation you have is current', headers: headers('ETag') };

const BINARY: Json = { schema: { type: 'string', format: 'binary' } };

function mediaTypesOf(reply: string): string[] {
  return reply === ANY_IMAGE ? Object.values(DOWNLOAD_FORMAT_FACTS).map(({ mimeType }) => mimeType) : [reply];
}

function contentOf(reply: Exclude<ReplySchema, typeof NO_CONTENT>): Json {
  if (reply === ZIP_FILE) return { 'application/zip': BINARY };
  if (isImage(reply)) return Object.fromEntries(mediaTypesOf(reply).map((type) => [type, BINARY]));
  return reply === EVENT_STREAM
    ? { 'text/event-stream': { schema: ONE_EVENT } }
    : { 'application/json': mediaType(reply) };
}

/** OpenAPI 3.2's `itemSchema` for one event of a stream; 3.1 has no equivalent. */
const ONE_EVENT: Json = {
  description:
    'One event. The first is `snapshot`; the data is JSON. A comment line every 15 seconds keeps the stream open.',
  oneOf: (Object.keys(EVENTS) as EventName[]).map((name) => ({
    type: 'object',
    properties: {
      event: { const: name },
      id: { type: 'string' },
      data: { type: 'string', contentMediaType: 'application/json', contentSchema: referenceTo(EVENTS[name]) },
    },
    required: ['event', 'id', 'data'],
  })),
};
