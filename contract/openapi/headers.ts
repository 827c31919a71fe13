import { isImage, ZIP_FILE, type ReplySchema, type Route } from '../route.ts';
import type { Json } from './json.ts';

const text = (description: string, schema: Json = {}, required = false): Json => ({
  description,
  ...(required && { required }),
  schema: { type: 'string', ...schema },
});

export const COMPONENT_HEADERS = {
  'X-Request-Id': text('The id of this request, also in our logs', { pattern: String.raw`^[\w.:-]{8,64}$` }, true),
  RateLimit: text('Requests left (r) in the window that ends in t seconds'),
  'RateLimit-Policy': text('Requests allowed (q) in a window of w seconds'),
  'Retry-After': {
    description: 'Seconds to wait before the next request',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  ETag: text('Value for If-None-Match', { pattern: '^(W/)?"[^"]*"$' }, true),
  Location: text('URL of the created resource', { format: 'uri-reference' }),
  'Idempotent-Replayed': text(
    'Present when nothing new was started: the response is that of an earlier request with the same Idempotency-Key, or of a retry under way',
    {
      const: 'true',
    },
  ),
  'Content-Disposition': text('A name for the downloaded file', {}, true),
  Allow: text('The methods that the path supports', {}, true),
  'WWW-Authenticate': text('How to authenticate: Bearer, or Webhook-Signature for callbacks from providers', {}, true),
} as const satisfies Record<string, Json>;

type HeaderName = keyof typeof COMPONENT_HEADERS;

const ALWAYS: readonly HeaderName[] = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'];

export function headers(...names: readonly HeaderName[]): Json {
  return Object.fromEntries([...ALWAYS, ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The headers of a route's reply. */
export function replyHeaders({ method, idempotent }: Route, status: number, reply: ReplySchema): Json {
  const hasETag = typeof reply !== 'string' || isImage(reply);
  return headers(
    ...(hasETag && method === 'get' ? (['ETag'] as const) : []),
    ...(status === 201 || status === 202 ? (['Location'] as const) : []),
    ...(idempotent ? (['Idempotent-Replayed'] as const) : []),
    ...(reply === ZIP_FILE ? (['Content-Disposition'] as const) : []),
  );
}
