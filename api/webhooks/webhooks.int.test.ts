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

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const studio = testApi({ replicateWebhookSecret: SECRET });
const LIMIT_BYTES = 64 * 1024;
const body = { url: 'https://example.com/avatars', events: ['generation.completed', 'avatar.rejected'] } as const;

describe('a webhook', () => {
  it('is made, shown without its secret, changed, and deleted', async () => {
    const { token } = await studio.user();
    expect((await studio.client.ok('readWebhook', { token })).body).toBeNull();
    const made = await studio.client.ok('createWebhook', { token, body });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...body, enabled: true, disabledReason: null, lastFailure: null });
    expect(Buffer.from(made.body.secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    const { body: shown } = await studio.client.ok('readWebhook', { token });
    const { secret: _secret, ...rest } = made.body;
    expect(shown).toEqual(rest);
    const off = await studio.client.ok('updateWebhook', { token, body: { enabled: false } });
    expect(off.body).toMatchObject({ url: body.url, enabled: false, disabledReason: 'by_owner' });
    const on = await studio.client.ok('updateWebhook', {
      token,
      body: { enabled: true, events: ['generation.failed'] },
    });
    expect(on.body).toMatchObject({ enabled: true, disabledReason: null, events: ['generation.failed'] });
    expect((await studio.client.ok('deleteWebhook', { token })).status).toBe(204);
    expect((await studio.client.problem('deleteWebhook', { token })).status).toBe(404);
  });

  it('is one an account; the same key gives the same one with its secret, another body a mismatch', async () => {
    const { token } = await studio.user();
    const headers = { 'Idempotency-Key': 'hook' };
    const asked = { token, body, headers };
    const answers = await Promise.all(Array.from({ length: 6 }, () => studio.client.ok('createWebhook', asked)));
    expect(new Set(answers.map((answer) => answer.body.secret)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
    const other = { ...body, url: 'https://example.org/' };
    expect((await studio.client.problem('createWebhook', { ...asked, body: other })).body.code).toBe(
      'idempotency_mismatch',
    );
    expect((await studio.client.problem('createWebhook', { token, body: other })).body.code).toBe('conflict');
  });

  it('gets a new secret, and the old one goes on signing for a day', async () => {
    const { token } = await studio.user();
    const made = await studio.client.ok('createWebhook', { token, body });
    const rotated = await studio.client.ok('rotateWebhookSecret', { token });
    expect(rotated.body.secret).not.toBe(made.body.secret);
    const hours = (Date.parse(rotated.body.oldSecretUntil) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    const { rows } = await studio.fixture.owner.query('SELECT secret, old_secret FROM webhooks WHERE id = $1', [
      made.body.id,
    ]);
    expect(rows).toEqual([{ secret: rotated.body.secret, old_secret: made.body.secret }]);
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
  ])('may not lead to %s', async (url) => {
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

describe('a call back of Replicate', () => {
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

  /** An attempt that waits for this prediction, and ears for its wake-up call. */
  async function waiting() {
    const { token, projectId } = await studio.user();
    const wish = { sourceType: 'text_to_image', prompt: 'a lamplighter' } as const;
    const { body: generation } = await studio.client.ok('createGeneration', { token, id: projectId, body: wish });
    const { database, urls } = studio.fixture;
    const order = {
      generationId: generation.id,
      ordinal: 0,
      provider: 'replicate',
      model: 'black-forest-labs/flux-schnell',
    } as const;
    const begun = await beginAttempt(database, order);
    if (begun.kind !== 'attempt') throw new Error('There is no attempt');
    const externalId = randomUUID().replaceAll('-', '');
    await storeExternalId(database, begun.attempt.id, externalId);
    const ears = new Client({ connectionString: urls.url });
    await ears.connect();
    const heard: unknown[] = [];
    ears.on('notification', ({ payload }) => void heard.push(JSON.parse(payload ?? '')));
    await ears.query('LISTEN attempt');
    return { attemptId: begun.attempt.id, externalId, heard, close: () => ears.end() };
  }

  it('wakes whoever waits for the prediction, once', async () => {
    const { attemptId, externalId, heard, close } = await waiting();
    const text = JSON.stringify({ id: externalId, status: 'succeeded', output: ['https://evil.example/x.png'] });
    const id = randomUUID();
    expect((await send(text, { id })).status).toBe(204);
    expect((await send(text, { id })).status).toBe(204);
    await expect.poll(() => heard).toEqual([{ id: attemptId }]);
    const { rows } = await studio.fixture.owner.query<{ called_back_at: Date | null }>(
      'SELECT called_back_at FROM provider_attempts WHERE id = $1',
      [attemptId],
    );
    expect(rows[0]?.called_back_at).not.toBeNull();
    await close();
  });

  it('about work that nobody waits for is thanked for and changes nothing', async () => {
    expect((await send(JSON.stringify({ id: 'unknown' }))).status).toBe(204);
  });

  it.each<[string, Sent]>([
    ['is signed with another secret', { secret: `whsec_${randomBytes(32).toString('base64')}` }],
    ['is older than five minutes', { timestamp: now() - 301 }],
    ['comes from the future', { timestamp: now() + 400 }],
    ['has another id than was signed', { headers: { 'webhook-id': 'other' } }],
    ['has another time than was signed', { headers: { 'webhook-timestamp': String(now() - 1) } }],
    ['has an odd time', { headers: { 'webhook-timestamp': 'now' } }],
    ['has half a signature', { headers: { 'webhook-signature': 'v1,AAAA' } }],
    ['has another scheme', { headers: { 'webhook-signature': 'v2,AAAA' } }],
    ['has no signature', { headers: { 'webhook-signature': '' } }],
  ])('that %s is refused, and wakes nobody', async (_what, sent) => {
    const { externalId, heard, close } = await waiting();
    const response = await send(JSON.stringify({ id: externalId }), sent);
    expect(response.status).toBe(401);
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
    expect(heard).toEqual([]);
    await close();
  });

  it.each<[string, string, Sent]>([
    ['no JSON', '{', { headers: { 'webhook-signature': 'v1,AAAA' } }],
    ['of another type', '{"id":"a"}', { headers: { 'webhook-signature': '', 'Content-Type': 'text/plain' } }],
    ['without an id', '{}', { headers: { 'webhook-id': 'other' } }],
    ['too large', ' '.repeat(LIMIT_BYTES + 1), { headers: { 'webhook-timestamp': 'now' } }],
  ])(
    'that is not genuine and %s is only told that it is not genuine, and costs no statement',
    async (_w, text, sent) => {
      const response = await send(text, sent);
      expect(response.status).toBe(401);
      // The limit is counted in the database.
      expect(response.headers.get('RateLimit')).toBeNull();
      await response.body?.cancel();
    },
  );

  it('is refused by its headers before its body is there', async () => {
    const headers = { ...signatureHeaders({ id: 'a', timestamp: now() - 400, body: '' }, [SECRET]) };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asking = httpRequest(`${studio.address}/api/v1/webhooks/replicate`, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': 1_000 },
      });
      asking.once('error', reject).once('response', (response) => {
        asking.destroy();
        resolve(response);
      });
      asking.flushHeaders();
    });
    expect(answer.statusCode).toBe(401);
  });

  it('may have 64 KB and is never inflated', async () => {
    const ofBytes = (bytes: number) => `{"id":"unknown","logs":"${'x'.repeat(bytes - 26)}"}`;
    expect((await send(ofBytes(LIMIT_BYTES))).status).toBe(204);
    expect((await send(ofBytes(LIMIT_BYTES + 1))).status).toBe(413);
    const timestamp = now();
    const small = gzipSync(ofBytes(LIMIT_BYTES));
    const squeezed = await fetch(`${studio.address}/api/v1/webhooks/replicate`, {
      method: 'POST',
      headers: {
        ...signatureHeaders({ id: 'squeezed', timestamp, body: ofBytes(LIMIT_BYTES) }, [SECRET]),
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
      },
      body: small,
    });
    expect(squeezed.status).toBe(415);
  });

  it('that is genuine and makes no sense is told so', async () => {
    expect((await send('{')).status).toBe(400);
    expect((await send('{"id":"../.."}')).status).toBe(400);
  });

  it('is signed over the very bytes: the same JSON written otherwise is refused', async () => {
    const timestamp = now();
    const headers = signatureHeaders({ id: 'same', timestamp, body: '{"id":"a"}' }, [SECRET]);
    expect((await send('{ "id": "a" }', { headers })).status).toBe(401);
  });
});

describe('where there is neither a secret nor demo users', () => {
  let bare: ServedApi;
  beforeAll(async () => {
    const { fixture, workflows, store } = studio;
    const { database, urls } = fixture;
    bare = await serveApi({ database, listenUrl: urls.url, workflows, store, demoTokens: undefined });
  });
  afterAll(() => bare.stop());

  it.each(['/api/v1/webhooks/replicate', '/api/v1/demo/sign-in'])(
    '%s is an unknown path, whatever is sent',
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
