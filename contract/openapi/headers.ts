import { isImage, ZIP_FILE, type ReplySchema, type Route } from '../route.ts';
import type { Json } from './json.ts';

const text = (description: string, schema: Json = {}, required = false): Json => ({
  description,
  ...(required && { required }),
  schema: { type: 'string', ...schema },
});

export const COMPONENT_HEADERS = {
  'X-Request-Id': text('The id of this request, in our logs too', { pattern: String.raw`^[\w.:-]{8,64}$` }, true),
  RateLimit: text('What is left (r) of the window that ends in t seconds'),
  'RateLimit-Policy': text('So many requests (q) in so many seconds (w)'),
  'Retry-After': {
    description: 'Seconds to wait before the next request',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  ETag: text('For If-None-Match', { pattern: '^(W/)?"[^"]*"$' }, true),
  Location: text('Where to find what was made', { format: 'uri-reference' }),
  'Idempotent-Replayed': text('Sent when this answers a repeated request with the same Idempotency-Key', {
    const: 'true',
  }),
  'Content-Disposition': text('A name for the file', {}, true),
  Allow: text('The methods that the path has', {}, true),
  'WWW-Authenticate': text('How to sign in: Bearer, or for messages of other servers Webhook-Signature', {}, true),
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
