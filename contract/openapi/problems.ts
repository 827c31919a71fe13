import { problem, PROBLEMS, type Problem, type ProblemCode } from '../problem.ts';
import type { Route } from '../route.ts';
import { headers } from './headers.ts';
import type { Json } from './json.ts';
import { referenceTo } from './schemas.ts';

/** Members of each code's example besides its title. */
const DETAILS: Partial<Record<ProblemCode, Partial<Problem>>> = {
  validation_failed: { errors: [{ path: 'name', message: 'must have at least 1 character' }] },
  unauthorized: { detail: 'The token has expired' },
  insufficient_credits: { detail: 'This costs 10 credits', required: 10, available: 4 },
  forbidden: { detail: 'This needs the scope generations:write' },
  unavailable: { detail: 'The database is not available at the moment' },
};

/** One example of each problem code of the routes. */
export function problemExamples(routes: readonly Route[]): Record<string, { value: Problem; summary: string }> {
  const codes = new Set<ProblemCode>(['method_not_allowed', ...routes.flatMap((route) => [...codesOf(route)])]);
  const entries = [...codes].map((code) => {
    const { status, title } = PROBLEMS[code];
    const value = problem.parse({
      type: `/docs#problem-${code}`,
      title,
      status,
      ...DETAILS[code],
      instance: '/api/v1/projects',
      code,
      requestId: '0199a7c2-5d0e-7b7a-9a52-8a4f7d1c2e3b',
    });
    return [code, { summary: title, value }] as const;
  });
  return Object.fromEntries(entries);
}

/** Every problem response of a route, by status: its own, and those of all routes of its kind. */
export function problemsOf(route: Route): Json {
  const byStatus = Map.groupBy(codesOf(route), (code) => PROBLEMS[code].status);
  return Object.fromEntries([...byStatus].map(([status, codes]) => [String(status), problemReply(status, codes)]));
}

export function problemReply(status: number, codes: readonly ProblemCode[]): Json {
  return {
    description: codes.map((code) => `${code}: ${PROBLEMS[code].title}`).join('. '),
    headers: headers(
      ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
      ...(status === 405 ? (['Allow'] as const) : []),
      ...(status === 429 || status === 503 ? (['Retry-After'] as const) : []),
    ),
    content: {
      'application/problem+json': {
        schema: referenceTo(problem),
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

function codesOf(route: Route): Set<ProblemCode> {
  const codes = new Set<ProblemCode>(['internal', 'unavailable', 'rate_limited', ...(route.problems ?? [])]);
  if (route.access !== 'public') codes.add('validation_failed').add('unauthorized').add('forbidden');
  if (!route.acceptsBlocked) codes.add('account_blocked');
  if (route.params) codes.add('not_found');
  if (route.opensAccount) codes.add('account_erased');
  if (route.body ?? route.multipart ?? route.query ?? route.idempotent) codes.add('validation_failed');
  if (route.body ?? route.multipart) codes.add('payload_too_large').add('unsupported_media');
  if (route.idempotent) codes.add('idempotency_mismatch');
  return codes;
}
