import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import { listen } from '#process/listen.ts';
import { createPortChooser, LOOPBACK } from '#stack/ports.ts';
import type { LoopbackProxy } from '#stack/loopback-proxy.ts';
import { createImagesProxy } from './images-proxy.ts';

const seen: string[] = [];
let emulator: Server;
let proxy: LoopbackProxy;
let origin: string;
let keys: string;
let privateKey: string;

beforeAll(async () => {
  emulator = createServer((request, response) => {
    seen.push(`${request.method} ${request.url?.split('?')[0]}`);
    response.end('bytes');
  });
  const endpoint = await listen(emulator, { host: LOOPBACK, port: 0 });
  keys = await mkdtemp(join(tmpdir(), 'avatar-proxy-'));
  const file = join(keys, 'signing.pem');
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeFile(file, privateKey);
  const port = await createPortChooser(() => undefined).choose('the proxy', 0);
  const env = { GCS_ENDPOINT: endpoint, GCS_PRIVATE_KEY_FILE: file };
  proxy = await createImagesProxy(env, { host: LOOPBACK, port });
  await proxy.open();
  origin = `http://${LOOPBACK}:${port}`;
});
afterAll(async () => {
  await proxy.close();
  emulator.closeAllConnections();
  emulator.close();
  await rm(keys, { recursive: true });
});

it('lets signed addresses of images through, and whether the emulator is up', async () => {
  const credentials = { clientEmail: 'a@b', privateKey };
  const store = createGcsImageStore({ bucket: 'studio', endpoint: origin, credentials });
  const signed = await store.signedUrl('avatars/a/b/image.webp');
  expect(await (await fetch(signed)).text()).toBe('bytes');
  expect((await fetch(`${origin}/_internal/healthcheck`)).status).toBe(200);
  expect(seen).toEqual(['GET /studio/avatars/a/b/image.webp', 'GET /_internal/healthcheck']);
});

it('lets nothing else through', async () => {
  const before = seen.length;
  for (const [method, path] of [
    ['GET', '/storage/v1/b/studio/o'],
    ['DELETE', '/storage/v1/b/studio/o/x'],
    ['GET', '/studio/avatars/a/b/image.webp'],
    ['PUT', '/_internal/config'],
    ['POST', '/_internal/healthcheck'],
    ['GET', '/_internal/healthcheck?x'],
  ] as const) {
    expect((await fetch(origin + path, { method })).status).toBe(403);
  }
  expect(seen).toHaveLength(before);
});
