import { readiness, health } from '../health.ts';
import { headers } from './headers.ts';
import type { Json } from './json.ts';
import { problemReply } from './problems.ts';
import { mediaType } from './schemas.ts';

const atRoot = (operationId: string, summary: string, content: Json, problems: Json = {}): Record<string, Json> => ({
  get: {
    operationId,
    tags: ['Operations'],
    summary,
    security: [],
    responses: {
      200: { description: 'OK', headers: headers(), content },
      ...problems,
      405: problemReply(405, ['method_not_allowed']),
      500: problemReply(500, ['internal']),
    },
  },
});

/** Paths at the root, outside the API's base path. */
export const ROOT_PATHS = {
  '/healthz': atRoot(
    'readHealth',
    'Check whether the process is alive',
    { 'application/json': mediaType(health) },
    { 429: problemReply(429, ['rate_limited']) },
  ),
  '/readyz': atRoot(
    'readReadiness',
    'Check whether the service can serve requests, with the state of each dependency',
    { 'application/json': mediaType(readiness) },
    { 429: problemReply(429, ['rate_limited']), 503: problemReply(503, ['unavailable']) },
  ),
  '/metrics': atRoot('readMetrics', 'Read the metrics for Prometheus', {
    'text/plain': { schema: { type: 'string' }, example: 'avatar_api_event_streams 3\n' },
  }),
} as const;
