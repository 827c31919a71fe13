import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import { createLoopbackProxy, type LoopbackProxy } from '../loopback-proxy.ts';
import { createPortChooser, LOOPBACK } from '../ports.ts';
import { createStorageGuard } from './guard.ts';

const newKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const SECRET = 's3cret';
const NAME = 'avatars/a/b/image.webp';
const privateKey = newKey();
const seen: string[] = [];
let emulator: Server;
let guard: LoopbackProxy;
let origin: string;
let signed: string;

/** The guard's clock is ahead by so much. */
let aheadMs = 0;
/** Signs as the API does, for the guard's address. */
const sign = (key: string): Promise<string> =>
  createGcsImageStore({
    bucket: 'studio',
    endpoint: `${origin}/${SECRET}`,
    credentials: { clientEmail: 'a@b', privateKey: key },
  }).signedUrl(NAME);

beforeAll(async () => {
  emulator = createServer(async (req, res) => {
    const body = await buffer(req);
    seen.push(`${req.method} ${req.url?.split('?')[0]} ${req.headers.host} ${body.length}`);
    res.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'image/webp' }).end('bytes');
  });
  await new Promise<void>((resolve) => emulator.listen(0, LOOPBACK, resolve));
  const port = await createPortChooser(() => undefined).choose('the guard', 0);
  const { port: behind } = emulator.address() as AddressInfo;
  const now = () => new Date(Date.now() + aheadMs);
  const rule = createStorageGuard({ secret: SECRET, privateKey, hosts: ['studio.test'], now });
  guard = createLoopbackProxy(port, { host: LOOPBACK, port: behind }, rule);
  await guard.open();
  origin = `http://${LOOPBACK}:${port}`;
  signed = await sign(privateKey);
});
afterAll(async () => {
  await guard.close();
  emulator.closeAllConnections();
  emulator.close();
});

/** `fetch` sets neither Host nor Origin. */
async function send(url: string, method = 'GET', headers: Record<string, string> = {}, body = '') {
  const before = seen.length;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, headers, agent: false }, resolve).once('error', reject).end(body);
  });
  const answer = await text(response);
  const { statusCode: status, headers: own } = response;
  return { status, answer, allowed: own['access-control-allow-origin'], reached: seen.slice(before) };
}

describe('the storage emulator behind its guard', () => {
  test('does everything for whoever knows the secret, and streams bodies in both directions', async () => {
    const url = `${origin}/${SECRET}/storage/v1/b/studio/o/x`;
    const uploaded = await send(url, 'POST', { 'content-length': '300000' }, 'x'.repeat(300_000));
    expect(uploaded).toMatchObject({ status: 200, answer: 'bytes' });
    expect(uploaded.reached).toEqual([`POST /storage/v1/b/studio/o/x ${LOOPBACK} 300000`]);
    expect((await send(url, 'DELETE')).reached).toHaveLength(1);
  });

  test('gives an image to an address that is signed, also to scripts of the page, and to no other page’s', async () => {
    expect(await send(signed)).toMatchObject({ status: 200, answer: 'bytes', allowed: undefined });
    expect(await send(signed, 'HEAD')).toMatchObject({ status: 200 });
    for (const page of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://studio.test']) {
      expect(await send(signed, 'GET', { origin: page })).toMatchObject({ status: 200, allowed: page });
    }
    for (const other of ['https://evil.example', 'null', 'http://localhost.evil.example:3000']) {
      expect(await send(signed, 'GET', { origin: other })).toMatchObject({
        status: 403,
        allowed: undefined,
        reached: [],
      });
    }
  });

  test.each([
    ['lists', 'GET', '/storage/v1/b/studio/o'],
    ['deletes', 'DELETE', `/storage/v1/b/studio/o/${encodeURIComponent(NAME)}`],
    ['uploads', 'POST', '/upload/storage/v1/b/studio/o?uploadType=media&name=x'],
    ['is configured', 'PUT', '/_internal/config'],
    ['reads', 'GET', `/studio/${NAME}`],
    ['reads with a guess', 'GET', `/guess!/storage/v1/b/studio/o`],
    ['reads through a path', 'GET', `/guess/../storage/v1/b/studio/o`],
    ['asks before a write', 'OPTIONS', '/storage/v1/b/studio/o'],
  ])('never reaches it for a website that %s', async (_what, method, path) => {
    expect(await send(origin + path, method)).toMatchObject({ status: 403, reached: [] });
  });

  test('refuses a signed address that was changed, is another key’s, is used to write, or has expired', async () => {
    for (const url of [
      signed.replace('image.webp', 'thumb.webp'),
      signed.replace('X-Goog-Expires=', 'X-Goog-Expires=9'),
      `${signed}&X-Goog-Expires=9000`,
      `${signed}&response-content-type=text/html`,
      signed.replace(/X-Goog-Signature=\w+/, 'X-Goog-Signature='),
      await sign(newKey()),
    ]) {
      expect(await send(url)).toMatchObject({ status: 403, reached: [] });
    }
    expect(await send(signed, 'DELETE')).toMatchObject({ status: 403, reached: [] });
    for (const hours of [-3, 3]) {
      aheadMs = hours * 3_600_000;
      expect(await send(signed)).toMatchObject({ status: 403, reached: [] });
    }
    aheadMs = 0;
    expect(await send(signed)).toMatchObject({ status: 200 });
  });

  test('knows no address of our own where none was agreed', () => {
    const rule = createStorageGuard({ privateKey, hosts: [] });
    const removal = { method: 'DELETE', url: '/undefined/storage/v1/b/studio/o/x', headers: { host: 'localhost' } };
    expect(rule(removal as IncomingMessage)).toMatchObject({ refuse: 403 });
  });

  test('does not answer under the name of a website (DNS rebinding)', async () => {
    expect(await send(signed, 'GET', { host: 'rebound.example' })).toMatchObject({ status: 421, reached: [] });
  });
});
