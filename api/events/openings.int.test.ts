import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokenVerifier } from '#api/auth/token-verifier.ts';
import { problemOf } from '#tests/api/api-client.ts';
import { readEvents, type EventReader } from '#tests/api/event-reader.ts';
import { serveApi, type ServedApi, type TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

/** As many as a process opens at a time. */
const OPENING_MAX = 64;
/** Five streams each: more than that. */
const USERS = 16;
const STREAMS_EACH = 5;
const REFUSED = USERS * STREAMS_EACH - OPENING_MAX;

const studio = testApi();
/** An API in which no token is verified before {@link letIn}. */
let crowded: ServedApi;
let users: TestUser[];
const { promise: mayEnter, resolve: letIn } = Promise.withResolvers<void>();

beforeAll(async () => {
  const { fixture, workflows, store, tokens } = studio;
  const verify = createTokenVerifier(tokens.rules);
  crowded = await serveApi({
    database: fixture.database,
    listenUrl: fixture.urls.url,
    workflows,
    store,
    demoTokens: tokens,
    verify: async (token) => {
      await mayEnter;
      return verify(token);
    },
  });
  users = await Promise.all(Array.from({ length: USERS }, () => studio.user()));
});
afterAll(() => crowded.stop());

const open = (token: string) =>
  fetch(`${crowded.address}/api/v1/events`, { headers: { Authorization: `Bearer ${token}` } });

describe('an API process of which more streams are requested than it opens at a time', () => {
  const waiting: Promise<Response>[] = [];
  const refused: { token: string; response: Response }[] = [];

  it('refuses the others at once, before it reads a token, and tells them to come a second later', async () => {
    for (const { token } of users.flatMap((user) => Array.from({ length: STREAMS_EACH }, () => user))) {
      const response = open(token);
      waiting.push(response);
      void response.then((answer) => answer.status === 503 && refused.push({ token, response: answer }));
    }
    await expect.poll(() => refused.length).toBe(REFUSED);
    for (const { response } of refused) {
      expect(response.headers.get('Retry-After')).toBe('1');
      expect(await problemOf(response.clone())).toMatchObject({ status: 503, code: 'unavailable' });
    }
    expect(await open('no token')).toMatchObject({ status: 503 });
    const entries = crowded.logged.map((entry) => JSON.parse(entry) as { msg: string; status: number; route: string });
    const statuses = entries.filter(({ msg, route }) => msg === 'request' && route === '/events');
    expect(statuses.map(({ status }) => status)).toContain(503);
  });

  it('serves other requests meanwhile', async () => {
    expect(await fetch(`${crowded.address}/healthz`)).toMatchObject({ status: 200 });
  });

  it('opens all streams in the end', async () => {
    letIn();
    const first = await Promise.all(waiting);
    expect(first.filter(({ status }) => status === 200)).toHaveLength(OPENING_MAX);
    const readers: EventReader[] = [];
    for (const { token } of refused) readers.push(await readEvents(`${crowded.address}/api/v1/events`, token));
    await Promise.all(readers.map((reader) => reader.until(({ name }) => name === 'snapshot')));
    for (const reader of readers) reader.cut();
    for (const response of first) await response.body?.cancel();
  });
});
