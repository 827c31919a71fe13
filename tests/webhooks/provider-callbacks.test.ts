import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageProvider } from '#activities/providers/port.ts';
import type { Listening } from '#drizzle/connection/listen.ts';
import { setProvider } from '#drizzle/queries/admin/feature-switches.ts';
import { createDeliveryStarter } from '#temporal/client/delivery-starter.ts';
import { listenForWorkers } from '#temporal/worker/worker-listener.ts';
import { serveApi, type ServedApi } from '../api/serve-api.ts';
import { readBody } from '../fakes/faults/wire.ts';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { DEV, ILLUSTRATOR, SCHNELL } from '../support/insert-request.ts';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
/** Longer than any test waits, so that only a webhook can trigger the fetch. */
const LATE_POLL_MS = 600_000;

let urls: TestDatabase;
let forwarder: Server;
let studio: Studio;
let api: ServedApi;
let listening: Listening;

function pollLate(provider: ImageProvider): ImageProvider {
  if (provider.name !== 'replicate') return provider;
  return {
    ...provider,
    submit: async (...args) => ({ ...(await provider.submit(...args)), pollAfterMs: LATE_POLL_MS }),
  };
}

beforeAll(async () => {
  urls = await createTestDatabase();
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
  });
  const { database, store, temporal, wakeups } = studio;
  api = await serveApi({
    database,
    listenUrl: urls.url,
    workflows: temporal.generations,
    store,
    replicateWebhookSecret: SECRET,
  });
  await studio.startWorkers();
  listening = listenForWorkers({
    connectionString: urls.url,
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
