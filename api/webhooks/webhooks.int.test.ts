import { randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureHeaders } from '#activities/webhooks/signature-headers.ts';
import { beginAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { storeExternalId } from '#drizzle/queries/generations/attempts.ts';
import { serveApi, type ServedApi } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { testSecretBox } from '#tests/support/secret-box.ts';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const studio = testApi({ replicateWebhookSecret: SECRET });
const LIMIT_BYTES = 64 * 1024;
const body = { url: 'https://example.com/avatars', events: ['generation.completed', 'avatar.rejected'] } as const;

describe('/me/webhook', () => {
  it('creates a webhook, returns it without its secret, changes and deletes it', async () => {
    const { token } = await studio.user();
    expect((await studio.client.ok('readWebhook', { token })).body).toBeNull();
    const created = await studio.client.ok('createWebhook', { token, body });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...body, enabled: true, disabledReason: null, lastFailure: null });
    expect(Buffer.from(created.body.secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    const { body: shown } = await studio.client.ok('readWebhook', { token });
    const { secret: _secret, ...rest } = created.body;
    expect(shown).toEqual(rest);
    const off = await studio.client.ok('updateWebhook', { token, body: { enabled: false } });
    expect(off.body).toMatchObject({ url: body.url, enabled: false, disabledReason: 'by_user' });
    const on = await studio.client.ok('updateWebhook', {
      token,
      body: { enabled: true, events: ['generation.failed'] },
    });
    expect(on.body).toMatchObject({ enabled: true, disabledReason: null, events: ['generation.failed'] });
    expect((await studio.client.ok('deleteWebhook', { token })).status).toBe(204);
    expect((await studio.client.problem('deleteWebhook', { token })).status).toBe(404);
  });

  it('allows one webhook an account; the same idempotency key returns it with its secret, a different body is refused', async () => {
    const { token } = await studio.user();
    const headers = { 'Idempotency-Key': 'hook' };
    const request = { token, body, headers };
    const answers = await Promise.all(Array.from({ length: 6 }, () => studio.client.ok('createWebhook', request)));
    expect(new Set(answers.map((answer) => answer.body.secret)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
    const other = { ...body, url: 'https://example.org/' };
    expect((await studio.client.problem('createWebhook', { ...request, body: other })).body.code).toBe(
      'idempotency_mismatch',
    );
    expect((await studio.client.problem('createWebhook', { token, body: other })).body.code).toBe('conflict');
  });

  it.each([
    ['a rotation', (token: string) => studio.client.ok('rotateWebhookSecret', { token })],
    [
      'ten minutes',
      () => studio.fixture.owner.query(`UPDATE webhooks SET created_at = created_at - interval '10 minutes'`),
    ],
  ])('does not show the secret again to its idempotency key after %s', async (_what, happen) => {
    const { token } = await studio.user();
    const request = { token, body, headers: { 'Idempotency-Key': 'hook' } };
    await studio.client.ok('createWebhook', request);
    await happen(token);
    expect((await studio.client.problem('createWebhook', request)).body.code).toBe('conflict');
  });

  it('rotates the secret, and keeps the old one valid for a day', async () => {
    const { token, accountId } = await studio.user();
    const created = await studio.client.ok('createWebhook', { token, body });
    const rotated = await studio.client.ok('rotateWebhookSecret', { token });
    expect(rotated.body.secret).not.toBe(created.body.secret);
    const hours = (Date.parse(rotated.body.oldSecretUntil) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    const { rows } = await studio.fixture.owner.query('SELECT secret, old_secret FROM webhooks WHERE id = $1', [
      created.body.id,
    ]);
    const [row] = rows as { secret: string; old_secret: string }[];
    for (const stored of Object.values(row!)) expect(stored).toMatch(/^v1\./);
    const open = (stored: string) => testSecretBox.open(stored, accountId);
    expect([open(row!.secret), open(row!.old_secret)]).toEqual([rotated.body.secret, created.body.secret]);
  });

  it.each([
    'http://example.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::ffff:127.0.0.1]/',
    'https://localhost/',
    'https://me:word@example.com/',
    'https://db.internal/',
    'ftp://example.com/',
    'nonsense',
  ])('refuses the URL %s', async (url) => {
    const { token } = await studio.user();
    const refused = await studio.client.problem('createWebhook', { token, body: { ...body, url } });
    expect(refused.body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'url' }] });
    await studio.client.ok('createWebhook', { token, body });
    expect((await studio.client.problem('updateWebhook', { token, body: { url } })).status).toBe(400);
  });
});

interface Sent {
  readonly id?: string;
  readonly timestamp?: number;
  readonly secret?: string;
  readonly headers?: Record<string, string>;
}

describe('POST /webhooks/replicate', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const send = (text: string, { id = randomUUID(), timestamp = now(), secret = SECRET, headers = {} }: Sent = {}) =>
    fetch(`${studio.address}/api/v1/webhooks/replicate`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...signatureHeaders({ id, timestamp, body: text }, [secret]),
        ...headers,
      },
      body: text,
    });

  /** An attempt that waits for a prediction, and a listener for its notification. */
  async function waitingAttempt() {
    const { token, projectId } = await studio.user();
    const generationBody = { sourceType: 'text_to_image', prompt: 'a lamplighter' } as const;
    const { body: generation } = await studio.client.ok('createGeneration', {
      token,
      id: projectId,
      body: generationBody,
    });
    const { database, urls } = studio.fixture;
    const attempt = {
      generationId: generation.id,
      ordinal: 0,
      provider: 'replicate',
      model: 'black-forest-labs/flux-schnell',
    } as const;
    const outcome = await beginAttempt(database, attempt);
    if (outcome.kind !== 'attempt') throw new Error('The attempt was not created');
    const externalId = randomUUID().replaceAll('-', '');
    await storeExternalId(database, outcome.attempt.id, externalId);
    const listener = new Client({ connectionString: urls.url });
    await listener.connect();
    const notifications: unknown[] = [];
    listener.on('notification', ({ payload }) => void notifications.push(JSON.parse(payload ?? '')));
    await listener.query('LISTEN attempt');
    return { attemptId: outcome.attempt.id, externalId, notifications, close: () => listener.end() };
  }

  it('notifies the attempt that waits for the prediction, once', async () => {
    const { attemptId, externalId, notifications, close } = await waitingAttempt();
    const text = JSON.stringify({ id: externalId, status: 'succeeded', output: ['https://evil.example/x.png'] });
    const id = randomUUID();
    expect((await send(text, { id })).status).toBe(204);
    expect((await send(text, { id })).status).toBe(204);
    await expect.poll(() => notifications).toEqual([{ id: attemptId }]);
    const { rows } = await studio.fixture.owner.query<{ called_back_at: Date | null }>(
      'SELECT called_back_at FROM provider_attempts WHERE id = $1',
      [attemptId],
    );
    expect(rows[0]?.called_back_at).not.toBeNull();
    await close();
  });

  it('accepts a callback for an unknown prediction, and changes nothing', async () => {
    expect((await send(JSON.stringify({ id: 'unknown' }))).status).toBe(204);
  });

  it.each<[string, Sent]>([
    ['is signed with another secret', { secret: `whsec_${randomBytes(32).toString('base64')}` }],
    ['is older than five minutes', { timestamp: now() - 301 }],
    ['is dated in the future', { timestamp: now() + 400 }],
    ['has an id other than the signed one', { headers: { 'webhook-id': 'other' } }],
    ['has a timestamp other than the signed one', { headers: { 'webhook-timestamp': String(now() - 1) } }],
    ['has an invalid timestamp', { headers: { 'webhook-timestamp': 'now' } }],
    ['has a truncated signature', { headers: { 'webhook-signature': 'v1,AAAA' } }],
    ['has another signature version', { headers: { 'webhook-signature': 'v2,AAAA' } }],
    ['has no signature', { headers: { 'webhook-signature': '' } }],
  ])('refuses a callback that %s, and notifies no attempt', async (_what, sent) => {
    const { externalId, notifications, close } = await waitingAttempt();
    const response = await send(JSON.stringify({ id: externalId }), sent);
    expect(response.status).toBe(401);
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
    expect(notifications).toEqual([]);
    await close();
  });

  it.each<[string, string, Sent]>([
    ['is not JSON', '{', { headers: { 'webhook-signature': 'v1,AAAA' } }],
    ['has another content type', '{"id":"a"}', { headers: { 'webhook-signature': '', 'Content-Type': 'text/plain' } }],
    ['has no id', '{}', { headers: { 'webhook-id': 'other' } }],
    ['is too large', ' '.repeat(LIMIT_BYTES + 1), { headers: { 'webhook-timestamp': 'now' } }],
  ])(
    'answers only 401 to an invalid signature on a body that %s, without a database statement',
    async (_w, text, sent) => {
      const response = await send(text, sent);
      expect(response.status).toBe(401);
      // The limit is counted in the database.
      expect(response.headers.get('RateLimit')).toBeNull();
      await response.body?.cancel();
    },
  );

  it('refuses invalid headers before the body arrives', async () => {
    const headers = { ...signatureHeaders({ id: 'a', timestamp: now() - 400, body: '' }, [SECRET]) };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = httpRequest(`${studio.address}/api/v1/webhooks/replicate`, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': 1_000 },
      });
      outgoing.once('error', reject).once('response', (response) => {
        outgoing.destroy();
        resolve(response);
      });
      outgoing.flushHeaders();
    });
    expect(answer.statusCode).toBe(401);
  });

  it('accepts 64 KB and no compression', async () => {
    const ofBytes = (bytes: number) => `{"id":"unknown","logs":"${'x'.repeat(bytes - 26)}"}`;
    expect((await send(ofBytes(LIMIT_BYTES))).status).toBe(204);
    expect((await send(ofBytes(LIMIT_BYTES + 1))).status).toBe(413);
    const timestamp = now();
    const small = gzipSync(ofBytes(LIMIT_BYTES));
    const compressed = await fetch(`${studio.address}/api/v1/webhooks/replicate`, {
      method: 'POST',
      headers: {
        ...signatureHeaders({ id: 'compressed', timestamp, body: ofBytes(LIMIT_BYTES) }, [SECRET]),
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
      },
      body: small,
    });
    expect(compressed.status).toBe(415);
  });

  it('answers 400 to a signed callback with an invalid body, which counts against the rate limit', async () => {
    const invalid = await send('{');
    expect([invalid.status, invalid.headers.get('RateLimit')]).toEqual([400, expect.any(String)]);
    expect((await send('{"id":"../.."}')).status).toBe(400);
  });

  it('verifies the exact bytes: the same JSON with other white space is refused', async () => {
    const timestamp = now();
    const headers = signatureHeaders({ id: 'same', timestamp, body: '{"id":"a"}' }, [SECRET]);
    expect((await send('{ "id": "a" }', { headers })).status).toBe(401);
  });
});

describe('an API without a Replicate secret and demo users', () => {
  let bare: ServedApi;
  beforeAll(async () => {
    const { fixture, workflows, store } = studio;
    const { database, urls } = fixture;
    bare = await serveApi({ database, listenUrl: urls.url, workflows, store, demoTokens: undefined });
  });
  afterAll(() => bare.stop());

  it.each(['/api/v1/webhooks/replicate', '/api/v1/demo/sign-in'])(
    'answers 404 on %s, whatever is sent',
    async (path) => {
      for (const [type, text] of [
        ['application/json', '{"id":"a","user":"admin"}'],
        ['application/json', '{'],
        ['text/plain', ' '.repeat(LIMIT_BYTES + 1)],
      ] as const) {
        const response = await fetch(bare.address + path, {
          method: 'POST',
          headers: { 'Content-Type': type },
          body: text,
        });
        expect(response.status).toBe(404);
        expect(response.headers.get('RateLimit')).toBeNull();
        await response.body?.cancel();
      }
      expect((await fetch(bare.address + path)).status).toBe(404);
    },
  );
});
