import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageProvider } from '#activities/providers/port.ts';
import type { Listening } from '#drizzle/connection/listen.ts';
import { isRemote } from '#domain/provider/provider.ts';
import { attemptOfAddress } from '#domain/provider/callback-address.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { setProvider } from '#drizzle/queries/admin/feature-switches.ts';
import { createDeliveryStarter } from '#temporal/client/delivery-starter.ts';
import { listenForWorkers } from '#temporal/worker/worker-listener.ts';
import { serveApi, type ServedApi } from '../api/serve-api.ts';
import { createFakeFal, type FakeFal } from '../fakes/fal/fake-fal.ts';
import { readBody } from '../fakes/faults/wire.ts';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { DEV, ILLUSTRATOR, SCHNELL, type TestUser } from '../support/insert-request.ts';
import { until } from '../support/until.ts';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
/** Longer than any test waits, so that only a webhook can trigger the fetch. */
const LATE_POLL_MS = 600_000;

/** fal's model that the tests use. */
const FAL = { provider: 'fal', model: 'fal-ai/flux/dev' } as const;
/** Longer than any test: the history does not list such a request, so that only a callback can name it. */
const UNLISTED_MS = 600_000;

let urls: TestDatabase;
let fal: FakeFal;
let forwarder: Server;
let studio: Studio;
let api: ServedApi;
let listening: Listening;

function pollLate(provider: ImageProvider): ImageProvider {
  if (!isRemote(provider.name)) return provider;
  return {
    ...provider,
    submit: async (...args) => ({ ...(await provider.submit(...args)), pollAfterMs: LATE_POLL_MS }),
  };
}

beforeAll(async () => {
  [urls, fal] = await Promise.all([createTestDatabase(), createFakeFal()]);
  // Its address is known before the API's; forwards the exact bytes, which are signed.
  forwarder = createServer((request, response) => {
    void readBody(request)
      .then((body) =>
        fetch(new URL(request.url ?? '/', api.address), {
          method: 'POST',
          headers: request.headers as Record<string, string>,
          body,
        }),
      )
      .then(({ status }) => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => forwarder.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(forwarder.address() as AddressInfo).port}`;
  studio = await openStudio({
    database: urls,
    wrapProvider: pollLate,
    longestPollPauseMs: Infinity,
    generationTimeoutMs: 50_000,
    fakeReplicate: { webhookSecret: SECRET },
    replicateWebhookUrl: `${publicUrl}/api/v1/webhooks/replicate`,
    providerVariables: {
      FAL_KEY: fal.key,
      FAL_QUEUE_URL: fal.queueUrl,
      FAL_API_URL: fal.apiUrl,
      FAL_WEBHOOK_URL: `${publicUrl}/api/v1/webhooks/fal`,
    },
  });
  const { apiDatabase, database, store, temporal, wakeups } = studio;
  api = await serveApi({
    database: apiDatabase,
    listenUrl: urls.apiUrl,
    workflows: temporal.generations,
    store,
    replicateWebhookSecret: SECRET,
    falWebhook: { userId: fal.userId, keysUrl: fal.keysUrl },
  });
  await studio.startWorkers();
  listening = listenForWorkers({
    connectionString: urls.workerUrl,
    database,
    startDelivery: createDeliveryStarter({ client: temporal.client, queues: temporal.queues }),
    wakeups,
    log: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await listening.close();
  await api.stop();
  await studio.close();
  await fal.stop();
  forwarder.closeAllConnections();
  await new Promise((resolve) => forwarder.close(resolve));
  await urls.drop();
});

describe('a prediction with a Replicate webhook', () => {
  it('is fetched when the webhook arrives, long before the next poll', async () => {
    const { id } = await studio.generate(await studio.user(), { plan: [DEV] });
    expect((await studio.ended(id)).status).toBe('completed');
    expect(studio.replicate.calls()['GET /v1/predictions/:id']).toBe(1);
    expect(studio.replicate.ledger()).toHaveLength(1);
  });
});

describe('a fal request with a webhook', () => {
  it('is fetched when the webhook arrives, long before the next poll', async () => {
    const { id } = await studio.generate(await studio.user(), { plan: [FAL] });
    expect(await studio.ended(id)).toMatchObject({ status: 'completed', provider: 'fal', costUsd: 0.025 });
    expect(fal.calls()).toMatchObject({ create: 1, get: 1, keys: 1 });
  });

  it('ignores a forged callback', async () => {
    fal.reset();
    fal.script({ on: 'webhook', fault: 'forged' }, { on: 'prediction', fault: 'slow', ms: 200 });
    const { id } = await studio.generate(await studio.user(), { plan: [FAL] });
    // An id may have any digits.
    const refused = () => api.logged.some((entry) => entry.includes('/webhooks/fal') && entry.includes('"status":401'));
    await until(refused);
    expect((await attemptOf(id)).calledBackAt).toBeNull();
    await studio.temporal.generations.cancel(id, { reason: 'test', by: 'test' });
    await studio.ended(id);
  });
});

describe('a lost reply', () => {
  let user: TestUser;
  beforeAll(async () => {
    user = await studio.user();
  });

  /** Starts a generation whose paid call is accepted but not answered. */
  async function generateLost(prompt: string, plan = FAL): Promise<string> {
    fal.script({ on: 'create', fault: 'reset_after_accept', promptIncludes: prompt });
    fal.script({ on: 'prediction', fault: 'unlisted', ms: UNLISTED_MS, promptIncludes: prompt });
    return (await studio.generate(user, { prompt, plan: [plan] })).id;
  }

  it('from Replicate is matched by the attempt in the callback address, also among equal requests', async () => {
    studio.replicate.reset();
    studio.replicate.script({ on: 'create', fault: 'reset_after_accept', times: 3 });
    const request = { prompt: 'an equal request', options: { seed: 7 }, plan: [DEV] };
    const ids = await Promise.all([1, 2, 3].map(async () => (await studio.generate(user, request)).id));
    for (const id of ids) expect((await studio.ended(id)).status).toBe('completed');
    const bought = studio.replicate.ledger();
    expect(bought).toHaveLength(3);
    for (const { id, webhook } of bought) {
      const owner = await studio.database.call(
        'test.owner',
        'SELECT id FROM provider_attempts WHERE external_id = $1',
        [id],
      );
      expect(owner).toEqual([{ id: attemptOfAddress(webhook) }]);
    }
  });

  it('from fal is matched by the callback, long before the history lists the request', async () => {
    fal.reset();
    const id = await generateLost('a diver');
    expect((await studio.ended(id)).status).toBe('completed');
    expect(fal.ledger()).toHaveLength(1);
  });

  it('from fal is matched by a callback that comes late, and one that comes twice', async () => {
    fal.reset();
    fal.script({ on: 'webhook', fault: 'late', ms: 1_000, promptIncludes: 'a miner' });
    fal.script({ on: 'webhook', fault: 'repeated', promptIncludes: 'a weaver' });
    const ids = await Promise.all(['a miner', 'a weaver'].map((prompt) => generateLost(prompt)));
    for (const id of ids) expect((await studio.ended(id)).status).toBe('completed');
    expect(fal.ledger()).toHaveLength(2);
  });

  it('from fal is not matched with the request of another attempt, whose callback came to its address', async () => {
    fal.reset();
    fal.script({ on: 'webhook', fault: 'late', ms: 3_000, promptIncludes: 'a fisher' });
    const lost = await generateLost('a fisher');
    const { id: attempt } = await until(() => attemptOf(lost));
    fal.script({ on: 'webhook', fault: 'misaddressed', attempt, promptIncludes: 'a thief' });
    const { id: other } = await studio.generate(user, { prompt: 'a thief', plan: [FAL] });
    await until(async () => (await attemptOf(lost)).calledBackJob);
    const theirs = await attemptOf(other);
    expect(theirs.externalId).toContain((await attemptOf(lost)).calledBackJob);
    expect((await studio.ended(lost)).status).toBe('completed');
    expect((await attemptOf(lost)).externalId).not.toBe(theirs.externalId);
    expect(fal.ledger()).toHaveLength(2);
    await studio.temporal.generations.cancel(other, { reason: 'test', by: 'test' });
    await studio.ended(other);
  });
});

async function attemptOf(generationId: string) {
  return (await listAttempts(studio.database, [generationId]))[0]!;
}

describe('a provider that is switched off after it was planned', () => {
  it('receives no request, and the next candidate generates the image', async () => {
    studio.replicate.reset();
    const user = await studio.user();
    const by = user.accountId;
    await setProvider(studio.database, { name: 'replicate', enabled: false, by });
    // Workers cache switches for half a second.
    await expect
      .poll(async () => {
        const { id } = await studio.generate(user, { plan: [SCHNELL, ILLUSTRATOR] });
        return (await studio.ended(id)).provider;
      })
      .toBe('illustrator');
    const bought = studio.replicate.ledger().length;
    const { id } = await studio.generate(user, { plan: [SCHNELL, DEV, ILLUSTRATOR] });
    const row = await studio.ended(id);
    expect(row).toMatchObject({ status: 'completed', provider: 'illustrator' });
    expect(studio.replicate.ledger()).toHaveLength(bought);
    const attempts = await studio.database.call<{ provider: string; failure_kind: string | null }>(
      'test.attempts',
      'SELECT provider, failure_kind FROM provider_attempts WHERE generation_id = $1 ORDER BY ordinal',
      [id],
    );
    expect(attempts).toEqual([
      { provider: 'replicate', failure_kind: 'out_of_service' },
      { provider: 'illustrator', failure_kind: null },
    ]);
    const alone = await studio.generate(user, { plan: [SCHNELL] });
    expect(await studio.ended(alone.id)).toMatchObject({
      status: 'failed',
      failure: { code: 'providers_unavailable' },
    });
    await setProvider(studio.database, { name: 'replicate', enabled: true, by });
  });
});
