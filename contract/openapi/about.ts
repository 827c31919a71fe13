import { PROBLEMS } from '../problem.ts';
import type { Route } from '../route.ts';
import type { Json } from './json.ts';

/** What a reader should know before the first request. */
const CONVENTIONS = `Make avatars; every generation is one durable workflow, charged if and only if it was delivered.

## Who asks

\`Authorization: Bearer <JWT>\`. A user may do what is theirs to do. A service needs the scope that the operation
names, and acts for itself or, with \`X-On-Behalf-Of: <subject>\`, for a user. Somebody else's id is answered exactly like one
that does not exist.

## Bodies

Bodies are JSON in camelCase, times are UTC in ISO 8601, ids are UUIDs. Unknown fields are refused. Text is NFC-normalized and trimmed.

## Lists

Lists take \`limit\` and \`cursor\`; \`meta.nextCursor\` of one page is the \`cursor\` of the next, and stays valid while rows are added.

## Caching

A GET answers with an \`ETag\`; sent back in \`If-None-Match\` it gives 304 without a body while nothing has changed.

## Safe repeats

A POST that creates or charges takes an \`Idempotency-Key\`. The same key with the same body gives the same resource
and \`Idempotent-Replayed: true\`; with another body 422. Refusals (402, 429) are not kept: the same key may try again.

A 5xx means that nothing is charged, or it names what may exist all the same: \`generationId\`, \`batchId\` or another of the problem's
members says where to look. What is not there ten minutes later was dropped and costs nothing.

## Limits

\`RateLimit\` says what is left in the window, \`Retry-After\` on 429 and 503 how many seconds to wait.

## Requests

Each request has an id, \`X-Request-Id\`, in every answer and in our logs; a caller's own (8 to 64 of \`A-Z a-z 0-9 _ . : -\`) is taken over.
A known path answers other methods with 405 and \`Allow\`.`;

/** The document's \`info\`, with every code a problem may have. */
export function describeApi(): Json {
  const lines = Object.entries(PROBLEMS).map(([code, { status, title }]) => `- \`${code}\` (${status}): ${title}`);
  return {
    title: 'Avatar Studio',
    version: '1',
    description: `${CONVENTIONS}

## Problems

Every 4xx and 5xx is \`application/problem+json\` (RFC 9457) with one of these codes:

${lines.join('\n')}
`,
    license: { name: 'MIT', identifier: 'MIT' },
  };
}

const TAGS: Readonly<Record<string, string>> = {
  Account: 'Signing in, and who I am',
  Administration: 'What operators may see and do; every act is audited',
  Avatars: 'What was made',
  Batches: 'Many at once, all credits held or none',
  Credits: 'Balance, statement, prices',
  Duplicates: 'The same image twice, exactly or nearly',
  Events: 'What happens, while it happens',
  Generations: 'Making avatars, and the queue they wait in',
  Internal: 'For other services of the platform; not reachable from outside',
  Moderation: 'Images that a person should look at',
  Notifications: 'What a user should know of',
  Operations: 'For orchestrators and Prometheus',
  Platform: 'What the platform asks an app about itself',
  Presets: 'Starting points',
  Projects: 'Where avatars are kept',
  Prompts: 'Words that lead to good images',
  Usage: 'Where avatars are used, and what that cost',
  Webhooks: 'Messages between servers',
};

/** The tags that routes use, with what each is about; a tag without words is left for the linter to find. */
export function tagsOf(routes: readonly Route[]): Json[] {
  const names = new Set([...routes.map(({ tag }) => tag), 'Operations']);
  return [...names].map((name) => ({ name, ...(TAGS[name] !== undefined && { description: TAGS[name] }) }));
}
