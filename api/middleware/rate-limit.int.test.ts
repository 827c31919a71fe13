import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemOf } from '#tests/api/api-client.ts';
import { serveApi, type ServedApi } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { type ImageRoute, sendImageRaw } from '#tests/uploads/send-image.ts';
import { createDatabase } from '#drizzle/connection/database.ts';
import { createRequestCounters, type Counter } from './request-counter.ts';

const LIMIT = 40;
/** A window starts with an account's first request, so it does not end in the middle of a test. */
const BURST = 100;

const studio = testApi({ requestsPerMinute: LIMIT, uploadsPerMinute: 2 });
let other: ServedApi;

beforeAll(async () => {
  const { fixture, workflows, tokens } = studio;
  other = await serveApi({
    database: fixture.database,
    listenUrl: fixture.urls.url,
    workflows,
    store: undefined as never,
    demoTokens: tokens,
    requestsPerMinute: LIMIT,
  });
});
afterAll(() => other.stop());

describe('the rate limit', () => {
  it('reports the remaining requests, and refuses further ones, for each account alone', async () => {
    const [user, bystander] = [await studio.user(), await studio.user()];
    const left = [];
    // Creating the user took two requests.
    for (let count = 2; count < LIMIT; count += 1) {
      const { headers } = await studio.client.ok('readCredits', { token: user.token });
      left.push(Number(/^"default";r=(\d+);t=\d+$/.exec(headers.get('RateLimit') ?? '')?.[1]));
      expect(headers.get('RateLimit-Policy')).toBe(`"default";q=${LIMIT};w=60`);
    }
    expect(left).toEqual(Array.from({ length: LIMIT - 2 }, (_, index) => LIMIT - 3 - index));
    for (let time = 0; time < 2; time += 1) {
      const { body, headers } = await studio.client.problem('readCredits', { token: user.token });
      expect(body).toMatchObject({ status: 429, code: 'rate_limited' });
      expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(headers.get('RateLimit')).toMatch(/^"default";r=0;t=\d+$/);
    }
    expect((await studio.client.ok('readCredits', { token: bystander.token })).status).toBe(200);
  });

  it('is exact across processes, also for concurrent requests', async () => {
    const { token } = await studio.user();
    const answers = await Promise.all(
      Array.from({ length: BURST }, (_, index) => [studio, other][index % 2]!.client.raw('readCredits', { token })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(LIMIT - 2);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(BURST - LIMIT + 2);
    await Promise.all(answers.map((answer) => answer.body?.cancel()));
  });

  it('is higher for services, which act for many users', async () => {
    const token = await studio.tokens.forService({ sub: 'chat', scopes: ['avatars:read'] });
    const { headers } = await studio.client.ok('readCredits', { token });
    expect(headers.get('RateLimit-Policy')).toBe(`"default";q=${LIMIT * 10};w=60`);
  });

  it('counts refused tokens by address, apart from everything else', async () => {
    const answers = [];
    for (let time = 0; time <= LIMIT; time += 1)
      answers.push(await studio.client.problem('readCredits', { token: 'no' }));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(LIMIT).fill(401), 429]);
    expect(Number(answers.at(-1)?.headers.get('Retry-After'))).toBeGreaterThan(0);
    const { token } = await studio.user();
    expect((await studio.client.ok('readCredits', { token })).status).toBe(200);
    expect((await studio.client.ok('readSignInOptions')).status).toBe(200);
  });

  it('counts an image that is inspected and then uploaded once as each', async () => {
    const { token } = await studio.user();
    const send = async (route: ImageRoute) => {
      const { status, body, headers } = await sendImageRaw(studio.address, route, {
        token,
        image: Buffer.from('text'),
      });
      await body?.cancel();
      return `${status}, ${headers.get('RateLimit')?.match(/"(?:uploads|inspections)";r=\d+/)?.[0]}`;
    };
    const inspected = [await send('inspectUpload'), await send('inspectUpload'), await send('inspectUpload')];
    expect(inspected).toEqual(['415, "inspections";r=1', '415, "inspections";r=0', '429, "inspections";r=0']);
    const uploaded = [await send('createUpload'), await send('createUpload'), await send('createUpload')];
    expect(uploaded).toEqual(['415, "uploads";r=1', '415, "uploads";r=0', '429, "uploads";r=0']);
  });

  it('counts what needs no token by address, on the public listener, and probes apart from all else', async () => {
    const statusesOf = async (address: string, path: string) => {
      const statuses = [];
      for (let time = 0; time <= LIMIT; time += 1) {
        const response = await fetch(`${address}${path}`);
        await response.body?.cancel();
        statuses.push(response.status);
      }
      return statuses;
    };
    const refusedAtLast = (status: number) => [...Array<number>(LIMIT).fill(status), 429];
    expect(await statusesOf(studio.address, '/docs')).toEqual(refusedAtLast(200));
    for (const path of ['/openapi.json', '/docs/scalar.js', '/nothing', '/api/v1/nothing']) {
      const refused = await fetch(`${studio.address}${path}`);
      expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(await problemOf(refused)).toMatchObject({ code: 'rate_limited' });
    }
    expect(await statusesOf(studio.address, '/readyz')).toEqual(refusedAtLast(200));
    expect((await fetch(`${studio.address}/healthz`)).status).toBe(429);
    expect(await statusesOf(studio.internalAddress, '/readyz')).not.toContain(429);
  });

  it('counts by address without a token', async () => {
    const { headers } = await studio.client.ok('readSignInOptions');
    expect(headers.get('RateLimit')).toMatch(/^"default";r=38;/);
    const { rows } = await studio.fixture.owner.query(`SELECT key FROM rate_limits WHERE key LIKE 'default:%address%'`);
    expect(rows).toEqual([{ key: 'default:address 127.0.0.1' }]);
  });
});

describe('a request counter', () => {
  const counters = () => createRequestCounters({ database: studio.fixture.database, log: () => undefined });

  it('refuses from memory once the window is used up', async () => {
    let statements = 0;
    const { database } = studio.fixture;
    const create = createRequestCounters({
      database: {
        callOnce(...statement) {
          statements += 1;
          return database.callOnce(...statement);
        },
      },
      log: () => undefined,
    });
    const counter = create('t1', 3, 60);
    const allowed = [];
    for (let time = 0; time < 10; time += 1) allowed.push((await counter.count('ada')).allowed);
    expect(allowed).toEqual([true, true, true, ...Array<boolean>(7).fill(false)]);
    expect(statements).toBe(3);
  });

  it('starts again after its window', async () => {
    const counter = counters()('t2', 1, 1);
    expect((await counter.count('ada')).allowed).toBe(true);
    expect((await counter.count('ada')).allowed).toBe(false);
    await expect.poll(async () => (await counter.count('ada')).allowed).toBe(true);
  });

  it('counts in this process while the database is unavailable, and logs the error', async () => {
    const logged: unknown[] = [];
    const url = new URL(studio.fixture.urls.url);
    url.port = '1';
    const unreachable = createDatabase({ url: url.href, applicationName: 'unreachable' });
    const counter: Counter = createRequestCounters({ database: unreachable, log: (error) => logged.push(error) })(
      't3',
      2,
      60,
    );
    const results = [await counter.count('ada'), await counter.count('ada'), await counter.count('ada')];
    expect(results.map(({ allowed, left }) => [allowed, left])).toEqual([
      [true, 1],
      [true, 0],
      [false, 0],
    ]);
    expect(logged).toHaveLength(1);
    await unreachable.close();
  });
});
