import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestBucket } from '#tests/support/stack.ts';
import { createGcsImageStore, type GcsImageStoreOptions } from './gcs-image-store.ts';
import type { ImageStore } from './port.ts';
import { SIGNING_WINDOW_MS } from './signing-window.ts';

const IMAGE_BYTES = Buffer.from('RIFF and so on');
const md5Of = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');
const IMAGE_OPTIONS = { contentType: 'image/webp', immutable: true };
const STAGED_OPTIONS = { contentType: 'application/octet-stream', immutable: false };
/** Short enough for a test to wait for twice. */
const SHORT_LIMITS = { tryTimeoutMs: 300, tries: 2 };
const LONG_LIMITS = { tryTimeoutMs: 10_000, tries: 2 };

let bucket: Awaited<ReturnType<typeof createTestBucket>>;
let store: ImageStore;

function storeWith(options: Partial<GcsImageStoreOptions> = {}): ImageStore {
  const { endpoint, clientEmail = '', privateKey = '' } = bucket;
  return createGcsImageStore({ bucket: bucket.bucket, endpoint, credentials: { clientEmail, privateKey }, ...options });
}

beforeAll(async () => {
  bucket = await createTestBucket();
  store = storeWith();
});

describe('the GCS image store', () => {
  it('reads an object as written, with headers for browser caching', async () => {
    const stored = await store.write('avatars/a/1/image.webp', IMAGE_BYTES, IMAGE_OPTIONS);
    expect(stored).toMatchObject({ name: 'avatars/a/1/image.webp', sizeBytes: IMAGE_BYTES.length });
    expect(await store.read('avatars/a/1/image.webp')).toEqual(IMAGE_BYTES);
    const reply = await fetch(await store.signedUrl('avatars/a/1/image.webp'));
    expect(reply.headers.get('content-type')).toBe('image/webp');
    expect(reply.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(Buffer.from(await reply.arrayBuffer())).toEqual(IMAGE_BYTES);
  });

  it('reads a large object without a listener leak warning', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error) => void warnings.push(warning);
    process.on('warning', listen);
    const large = randomBytes(1_000_000);
    await store.write('staging/large', large, STAGED_OPTIONS);
    expect(large.equals(await store.read('staging/large'))).toBe(true);
    // Node emits warnings in a later tick.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });

  it('marks a staged object as not cacheable', async () => {
    await store.write('staging/1', IMAGE_BYTES, STAGED_OPTIONS);
    const reply = await fetch(await store.signedUrl('staging/1'));
    expect(reply.headers.get('cache-control')).toBe('private, no-store');
    await reply.body?.cancel();
  });

  it('accepts parallel and repeated writes of the same bytes', async () => {
    const writes = Array.from({ length: 8 }, () => store.write('avatars/a/2/image.webp', IMAGE_BYTES, IMAGE_OPTIONS));
    const stored = await Promise.all(writes);
    expect(new Set(stored.map(({ md5 }) => md5)).size).toBe(1);
  });

  it('never overwrites an object with other bytes', async () => {
    await store.write('avatars/a/3/image.webp', IMAGE_BYTES, IMAGE_OPTIONS);
    const other = store.write('avatars/a/3/image.webp', Buffer.from('another image'), IMAGE_OPTIONS);
    await expect(other).rejects.toMatchObject({ name: 'StorageFailure', kind: 'conflict' });
    expect(await store.read('avatars/a/3/image.webp')).toEqual(IMAGE_BYTES);
  });

  it('refuses a write after its `notAfter` time', async () => {
    const notAfter = new Date(Date.now() - 1);
    const write = store.write('avatars/a/4/image.webp', IMAGE_BYTES, { ...IMAGE_OPTIONS, notAfter });
    await expect(write).rejects.toMatchObject({ name: 'StorageFailure', kind: 'unavailable' });
    expect(await store.exists('avatars/a/4/image.webp')).toBe(false);
    await store.write('avatars/a/4/image.webp', IMAGE_BYTES, {
      ...IMAGE_OPTIONS,
      notAfter: new Date(Date.now() + 60_000),
    });
  });

  it('removes an object, and ignores a missing one', async () => {
    await store.write('staging/2', IMAGE_BYTES, STAGED_OPTIONS);
    expect(await store.exists('staging/2')).toBe(true);
    await store.remove('staging/2');
    await store.remove('staging/2');
    expect(await store.exists('staging/2')).toBe(false);
    await expect(store.read('staging/2')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('lists the objects under a prefix across pages', async () => {
    const names = Array.from({ length: 1003 }, (_, index) => `sweep/${String(index).padStart(4, '0')}`);
    for (let from = 0; from < names.length; from += 50) {
      await Promise.all(
        names.slice(from, from + 50).map((name) => store.write(name, Buffer.from(name), STAGED_OPTIONS)),
      );
    }
    const listed = await store.list('sweep/');
    expect(listed.map(({ name }) => name).toSorted()).toEqual(names);
    expect(await store.list('nowhere/')).toEqual([]);
  });
});

describe('a signed URL', () => {
  const nine = Date.parse('2037-11-23T09:00:00Z');

  it('stays the same within a window and changes with the next', async () => {
    let now = new Date(nine);
    const windowed = storeWith({ now: () => now });
    const first = await windowed.signedUrl('avatars/a/1/image.webp');
    now = new Date(nine + SIGNING_WINDOW_MS - 1);
    expect(await windowed.signedUrl('avatars/a/1/image.webp')).toBe(first);
    // Another process signs the same URL: it depends only on the window and the name.
    expect(await storeWith({ now: () => now }).signedUrl('avatars/a/1/image.webp')).toBe(first);
    now = new Date(nine + SIGNING_WINDOW_MS);
    expect(await windowed.signedUrl('avatars/a/1/image.webp')).not.toBe(first);
  });

  it('contains its start and expiry', async () => {
    const url = new URL(await storeWith({ now: () => new Date(nine + 1234) }).signedUrl('avatars/a/1/image.webp'));
    expect(url.searchParams.get('X-Goog-Algorithm')).toBe('GOOG4-RSA-SHA256');
    expect(url.searchParams.get('X-Goog-Date')).toBe('20371123T090000Z');
    expect(url.searchParams.get('X-Goog-Expires')).toBe(String((2 * SIGNING_WINDOW_MS) / 1000));
  });

  it('uses the public endpoint for browsers', async () => {
    const url = await storeWith({ publicEndpoint: 'https://images.example.com' }).signedUrl('avatars/a/1/image.webp');
    expect(url).toMatch(new RegExp(`^https://images\\.example\\.com/${bucket.bucket}/avatars/a/1/image\\.webp\\?`));
  });

  it('uses Cloud CDN when configured', async () => {
    const cdn = { baseUrl: 'https://cdn.example.com/', key: { name: 'k1', secret: 'nZtRohdNF9m3cKM24IcK4w==' } };
    const url = await storeWith({ cdn, now: () => new Date(nine) }).signedUrl('avatars/a/1/image.webp');
    expect(url).toMatch(/^https:\/\/cdn\.example\.com\/avatars\/a\/1\/image\.webp\?Expires=\d+&KeyName=k1&Signature=/);
  });
});

describe('the GCS image store, when storage fails', () => {
  it('times out a call that is never answered and closes the connection', async () => {
    const closed: string[] = [];
    await withServer(
      (request) => request.socket.on('close', () => closed.push(request.url ?? '')),
      async (endpoint) => {
        const hanging = storeWith({ endpoint, limits: SHORT_LIMITS });
        await expect(hanging.read('x')).rejects.toMatchObject({ kind: 'unavailable' });
        await expect(hanging.write('x', IMAGE_BYTES, IMAGE_OPTIONS)).rejects.toMatchObject({ kind: 'unavailable' });
        await expect(hanging.healthCheck()).rejects.toMatchObject({ kind: 'unavailable' });
        await expect.poll(() => closed.length).toBe(3 * SHORT_LIMITS.tries);
      },
    );
  });

  it('times out a download that stops in the middle', async () => {
    let closed = 0;
    await withServer(
      (request, response) => {
        request.socket.on('close', () => (closed += 1));
        response.writeHead(200, { 'content-length': 2 * IMAGE_BYTES.length }).write(IMAGE_BYTES);
      },
      async (endpoint) => {
        const read = storeWith({ endpoint, limits: SHORT_LIMITS }).read('x');
        await expect(read).rejects.toMatchObject({ kind: 'unavailable' });
        await expect.poll(() => closed).toBe(SHORT_LIMITS.tries);
      },
    );
  });

  it.each([503, 429, 408])('retries after status %i', async (status) => {
    let calls = 0;
    await withServer(
      (request, response) => {
        request.resume();
        calls += 1;
        if (calls === 1) response.writeHead(status).end();
        else response.writeHead(200, { 'x-goog-hash': `md5=${md5Of(IMAGE_BYTES)}` }).end(IMAGE_BYTES);
      },
      async (endpoint) => {
        expect(await storeWith({ endpoint, limits: LONG_LIMITS }).read('x')).toEqual(IMAGE_BYTES);
      },
    );
    expect(calls).toBe(2);
  });

  it('does not return bytes that were damaged in transit', async () => {
    const headers = { 'x-goog-hash': `md5=${md5Of(IMAGE_BYTES)}`, 'x-goog-stored-content-encoding': 'identity' };
    await withServer(
      (_, response) => void response.writeHead(200, headers).end(IMAGE_BYTES.subarray(1)),
      async (endpoint) => {
        const read = storeWith({ endpoint, limits: SHORT_LIMITS }).read('x');
        await expect(read).rejects.toMatchObject({ kind: 'unavailable' });
      },
    );
  });

  it('does not retry after status 403', async () => {
    let calls = 0;
    await withServer(
      (_, response) => {
        calls += 1;
        response.writeHead(403).end();
      },
      async (endpoint) => {
        const read = storeWith({ endpoint, limits: LONG_LIMITS }).read('x');
        await expect(read).rejects.toMatchObject({ kind: 'unavailable', message: 'Cloud Storage answered 403' });
      },
    );
    expect(calls).toBe(1);
  });

  it('rejects bytes that were damaged in transit', async () => {
    await withServer(
      (_, response) =>
        response
          .writeHead(200, { 'x-goog-hash': 'crc32c=AAAAAA==', 'x-goog-stored-content-encoding': 'identity' })
          .end('damaged'),
      async (endpoint) => {
        await expect(storeWith({ endpoint, limits: LONG_LIMITS }).read('x')).rejects.toMatchObject({
          kind: 'unavailable',
        });
      },
    );
  });

  it('treats a write whose reply was lost as written', async () => {
    let lost = false;
    // A proxy to the emulator: forwards the write, then drops the reply.
    await withServer(
      async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const forwarded = ['content-type', 'accept'] as const;
        const headers = Object.fromEntries(forwarded.map((name) => [name, request.headers[name] ?? '']));
        const reply = await fetch(`${bucket.endpoint}${request.url}`, {
          method: request.method ?? 'GET',
          headers,
          ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
        });
        const body = Buffer.from(await reply.arrayBuffer());
        if (request.method === 'POST' && !lost) {
          lost = true;
          request.socket.resetAndDestroy();
          return;
        }
        response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' }).end(body);
      },
      async (endpoint) => {
        const flaky = storeWith({ endpoint, limits: LONG_LIMITS });
        expect(await flaky.write('avatars/a/9/image.webp', IMAGE_BYTES, IMAGE_OPTIONS)).toMatchObject({
          sizeBytes: IMAGE_BYTES.length,
        });
      },
    );
    expect(lost).toBe(true);
    expect(await store.read('avatars/a/9/image.webp')).toEqual(IMAGE_BYTES);
  });
});

async function withServer(listener: RequestListener, use: (endpoint: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
