import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebhook, readWebhook, rotateSecret, updateWebhook } from '#drizzle/queries/accounts/webhooks.ts';
import { deliveryWorkflowId } from '#domain/generation/workflow-id.ts';
import { WEBHOOK_EVENTS } from '#domain/account/webhook.ts';
import type { Listening } from '#drizzle/connection/listen.ts';
import { deadLetterDelivery } from '#drizzle/queries/accounts/webhook-deliveries.ts';
import { listNotifications } from '#drizzle/queries/accounts/notifications.ts';
import { createDeliveryStarter } from '#temporal/client/delivery-starter.ts';
import { listenForWorkers } from '#temporal/worker/worker-listener.ts';
import { testSecretBox } from '../support/secret-box.ts';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { type TestUser } from '../support/insert-request.ts';

interface ReceivedWebhook {
  readonly id: string;
  readonly timestamp: string;
  readonly signatures: string[];
  readonly body: string;
}

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let urls: TestDatabase;
let studio: Studio;
let server: Server;
let listening: Listening;
let receiver: string;
const received: ReceivedWebhook[] = [];
/** The receiver's next answers; 204 when there are none. */
const answers: { status: number; retryAfter?: string }[] = [];

function listen(): Listening {
  const { database, temporal, wakeups } = studio;
  return listenForWorkers({
    connectionString: urls.url,
    database,
    startDelivery: createDeliveryStarter({ client: temporal.client, queues: temporal.queues }),
    wakeups,
    log: pino({ level: 'silent' }),
  });
}

beforeAll(async () => {
  urls = await createTestDatabase();
  studio = await openStudio({ database: urls });
  await studio.startWorkers();
  listening = listen();
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { headers } = request;
      const header = (name: string) => String(headers[name]);
      const signatures = header('webhook-signature').split(' ');
      received.push({ id: header('webhook-id'), timestamp: header('webhook-timestamp'), signatures, body });
      const { status, retryAfter } = answers.shift() ?? { status: 204 };
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  await listening.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await studio.close();
  await urls.drop();
});

async function userWithWebhook(url = receiver): Promise<TestUser> {
  const user = await studio.user();
  const { accountId } = user;
  const secret = testSecretBox.seal(SECRET, accountId);
  await createWebhook(studio.database, { id: randomUUID(), accountId, url, events: WEBHOOK_EVENTS, secret });
  return user;
}

const webhooksAbout = (generationId: string) => received.filter(({ body }) => body.includes(generationId));
const deliveriesOf = (generationId: string) =>
  studio.database.call<{ id: string; event: string; state: string; attempts: number }>(
    'test.deliveries',
    'SELECT id, event, state, attempts FROM webhook_deliveries WHERE generation_id = $1 ORDER BY id',
    [generationId],
  );
const stateOf = async (generationId: string) => (await deliveriesOf(generationId)).map(({ state }) => state);

function signatureOf({ id, timestamp, body }: ReceivedWebhook, secret: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

describe('the webhook of an account', () => {
  it('receives one signed message about a completed avatar, with ids and its state only', async () => {
    const { id } = await studio.generate(await userWithWebhook());
    await studio.ended(id);
    await expect.poll(() => webhooksAbout(id).length).toBe(1);
    const [webhook] = webhooksAbout(id);
    expect(JSON.parse(webhook!.body)).toEqual({
      type: 'generation.completed',
      timestamp: expect.any(String),
      data: { generationId: id, avatarId: expect.any(String), state: 'completed' },
    });
    expect(webhook!.signatures).toEqual([signatureOf(webhook!, SECRET)]);
    expect(Math.abs(Date.now() / 1000 - Number(webhook!.timestamp))).toBeLessThan(60);
    const [delivery] = await deliveriesOf(id);
    expect(webhook!.id).toBe(delivery!.id);
    await expect.poll(() => stateOf(id)).toEqual(['delivered']);
    const handle = studio.temporal.client.workflow.getHandle(deliveryWorkflowId(delivery!.id));
    const history = JSON.stringify(await handle.fetchHistory());
    expect(history).not.toContain('lighthouse');
    expect(history).not.toContain(receiver);
  });

  it('receives signatures with both secrets during a rotation', async () => {
    const user = await userWithWebhook();
    const fresh = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    await rotateSecret(studio.database, user.accountId, testSecretBox.seal(fresh, user.accountId));
    const { id } = await studio.generate(user);
    await expect.poll(() => webhooksAbout(id).length).toBe(1);
    const [webhook] = webhooksAbout(id);
    expect(webhook!.signatures).toEqual([signatureOf(webhook!, fresh), signatureOf(webhook!, SECRET)]);
  });

  it('receives the message again with the same id at its Retry-After when it fails', async () => {
    const user = await userWithWebhook();
    answers.push({ status: 503, retryAfter: '1' }, { status: 302, retryAfter: '1' }, { status: 204 });
    const { id } = await studio.generate(user);
    // A redirect counts as a failure, like every other answer outside 2xx.
    await expect.poll(() => webhooksAbout(id).length).toBe(3);
    expect(new Set(webhooksAbout(id).map((webhook) => webhook.id)).size).toBe(1);
    await expect.poll(async () => (await deliveriesOf(id))[0]).toMatchObject({ state: 'delivered', attempts: 3 });
  });

  it('is disabled when it answers 410, and its account is notified', async () => {
    const user = await userWithWebhook();
    answers.push({ status: 410 });
    const { id } = await studio.generate(user);
    await expect.poll(() => stateOf(id)).toEqual(['dead']);
    expect(await readWebhook(studio.database, user.accountId)).toMatchObject({
      enabled: false,
      disabledReason: 'gone',
    });
    const notifications = await listNotifications(studio.database, user.accountId, { limit: 5 });
    expect(notifications.items.map(({ kind }) => kind)).toContain('webhook_disabled');
    const next = await studio.generate(user);
    await studio.ended(next.id);
    expect(await deliveriesOf(next.id)).toEqual([]);
  });

  it('receives the message once a worker listens again', async () => {
    await listening.close();
    const { id } = await studio.generate(await userWithWebhook());
    await studio.ended(id);
    expect(await stateOf(id)).toEqual(['waiting']);
    listening = listen();
    await expect.poll(() => stateOf(id)).toEqual(['delivered']);
  });

  it('receives the message from the reconciler when no worker listens', async () => {
    await listening.close();
    const { id } = await studio.generate(await userWithWebhook());
    await studio.ended(id);
    const round = await studio.temporal.client.workflow.execute('reconcile', {
      workflowId: `test-reconcile-${id}`,
      taskQueue: studio.temporal.queues.workflows,
    });
    expect(round).toMatchObject({ startedDeliveries: expect.any(Number) });
    await expect.poll(() => stateOf(id)).toEqual(['delivered']);
    listening = listen();
  });

  it('receives nothing after it was disabled, and no dead letter is counted', async () => {
    await listening.close();
    const user = await userWithWebhook();
    const { id } = await studio.generate(user);
    await studio.ended(id);
    await updateWebhook(studio.database, user.accountId, { enabled: false });
    listening = listen();
    await expect.poll(() => stateOf(id)).toEqual(['dead']);
    expect(webhooksAbout(id)).toEqual([]);
    const { rows } = await consecutiveDead(user);
    expect(rows).toBe(0);
  });

  it('is disabled after its third dead letter in a row, each counted once', async () => {
    const user = await userWithWebhook('https://unreachable.invalid/');
    const deliveryIds: string[] = [];
    await listening.close();
    for (let count = 1; count <= 3; count += 1) {
      const { id } = await studio.generate(user);
      await studio.ended(id);
      const [delivery] = await deliveriesOf(id);
      deliveryIds.push(delivery!.id);
    }
    for (const id of [...deliveryIds.slice(0, 2), ...deliveryIds.slice(0, 2)])
      await deadLetterDelivery(studio.database, id, 'expired');
    expect(await readWebhook(studio.database, user.accountId)).toMatchObject({ enabled: true });
    await deadLetterDelivery(studio.database, deliveryIds[2]!, 'expired');
    expect(await readWebhook(studio.database, user.accountId)).toMatchObject({
      enabled: false,
      disabledReason: 'unreachable',
    });
    await updateWebhook(studio.database, user.accountId, { enabled: true });
    expect((await consecutiveDead(user)).rows).toBe(0);
    listening = listen();
  });
});

async function consecutiveDead({ accountId }: TestUser): Promise<{ rows: number }> {
  const [row] = await studio.database.call<{ n: number }>(
    'test.consecutiveDead',
    'SELECT consecutive_dead AS n FROM webhooks WHERE account_id = $1',
    [accountId],
  );
  return { rows: row!.n };
}
