import { PROBLEMS } from '../problem.ts';
import type { Route } from '../route.ts';
import type { Json } from './json.ts';

/** The conventions that all operations share. */
const CONVENTIONS = `Generate avatars. Every generation is one durable workflow, and is charged if and only if its avatar was delivered.

## Authentication

\`Authorization: Bearer <JWT>\`. A user can access their own resources. A service needs the scope that the operation
names, and acts for itself or, with \`X-On-Behalf-Of: <subject>\` and only where the operation lists \`onBehalfOf\`, for a user. The
response for a resource of another user is the same as for one that does not exist.

Operations below \`/internal/v1\` and \`/metrics\` exist at the API's internal address only, which serves all others too and is the only one that accepts services' tokens.

## Bodies

Bodies are JSON in camelCase, times are UTC in ISO 8601, ids are UUIDs. Unknown fields are rejected.

Text is NFC-normalized. White space and invisible characters are removed from its ends, and characters that override the direction of
writing from all of it. A required text needs a character that can be seen. Limits count characters as a reader does (extended grapheme
clusters, at most four code points each on average); \`maxLength\` counts code points, so longer text of composed characters is accepted.
Metadata of a use is stored as it was sent.

## Lists

Lists take \`limit\` and \`cursor\`; \`meta.nextCursor\` of one page is the \`cursor\` of the next, and stays valid while rows are added.

## Caching

The response to a GET has an \`ETag\`. If it is sent in \`If-None-Match\`, the response is 304 without a body while nothing has changed.

## Idempotency

A POST that creates or charges takes an \`Idempotency-Key\`. The same key with the same body returns the same resource
and \`Idempotent-Replayed: true\`; with another body, 422. Refusals (402, 429) are not stored: the same key may be sent again.

A failed generation has one retry at a time, whatever the key: while it is unfinished, and once it has completed, \`retriedAs\`
names it, and a further retry is answered with it.

After a 5xx nothing is charged, unless the problem names a resource that may have been created: read it by \`generationId\`, \`batchId\`
or another member. If it does not exist ten minutes later, the request was dropped and costs nothing.

## Limits

Generations are counted by UTC day and UTC hour. Starter credits of a user without a verified address depend on how many accounts
of the same network, and of the same device (\`X-Device-Id\`, an optional random id that the page keeps), have had some.

Requests are counted by the minute; uploads of images and inspections of them once more, each apart: an image that is inspected and
then uploaded counts once as each. \`RateLimit\` states the remaining requests in the window; \`Retry-After\` on 429 and 503 states the seconds to wait.

## Requests

Each request has an id, \`X-Request-Id\`, in every response and in our logs; an id that the caller sends (8 to 64 of \`A-Z a-z 0-9 _ . : -\`) is used.
A method that a path does not support gets 405 with \`Allow\`.`;

/** The document's \`info\`, with every problem code. */
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
  Account: 'Sign-in and the caller’s profile',
  Administration: 'For operators; every action is audited',
  Avatars: 'Avatars and their files',
  Batches: 'Many generations at once; all credits are held, or none',
  Credits: 'Balance, statement, prices',
  Duplicates: 'Identical and similar images',
  Events: 'Server-sent events',
  Generations: 'Generations and the queue',
  Internal: 'For other services of the platform; not reachable from outside it',
  Moderation: 'Images that need review, objections to refused texts, reports of avatars',
  Notifications: 'Notifications of a user',
  Operations: 'For orchestrators and Prometheus',
  Platform: 'The plugin manifest that the platform reads',
  Presets: 'Saved prompts, styles and options to start from',
  Projects: 'Folders of avatars, with defaults',
  Prompts: 'Preview, enhance and complete prompts',
  Sharing: 'Links that show one avatar to people without an account',
  Startup: 'What the launcher prepares after the page is up',
  Usage: 'Uses and costs of avatars',
  Webhooks: 'Deliveries to a user’s server, and callbacks from providers',
};

/** The tags that routes use, with descriptions; the OpenAPI linter reports a tag without one. */
export function tagsOf(routes: readonly Route[]): Json[] {
  const names = new Set([...routes.map(({ tag }) => tag), 'Operations']);
  return [...names].map((name) => ({ name, ...(TAGS[name] !== undefined && { description: TAGS[name] }) }));
}
