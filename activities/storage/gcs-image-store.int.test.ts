import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestBucket } from '#tests/support/stack.ts';
import { createGcsImageStore, type GcsImageStoreOptions } from './gcs-image-store.ts';
import type { ImageStore } from './port.ts';
import { SIGNING_WINDOW_MS } from './signing-window.ts';

const IMAGE_BYTES = Buffer.from('RIFF and so on');
const IMAGE = { contentType: 'image/webp', immutable: true };
const STAGED = { contentType: 'application/octet-stream', immutable: false };
/** Short enough to sit out a hang twice. */
const IMPATIENT = { tryTimeoutMs: 300, tries: 2 };
const BUSY = { tryTimeoutMs: 10_000, tries: 2 };

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

describe('an object', () => {
  it('is read as it was written, with headers that let a browser keep it', async () => {
    const stored = await store.write('avatars/a/1/image.webp', IMAGE_BYTES, IMAGE);
    expect(stored).toMatchObject({ name: 'avatars/a/1/image.webp', sizeBytes: IMAGE_BYTES.length });
    expect(await store.read('avatars/a/1/image.webp')).toEqual(IMAGE_BYTES);
    const reply = await fetch(await store.signedUrl('avatars/a/1/image.webp'));
    expect(reply.headers.get('content-type')).toBe('image/webp');
    expect(reply.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(Buffer.from(await reply.arrayBuffer())).toEqual(IMAGE_BYTES);
  });

  it('of some size is read without a warning of a leak', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error) => void warnings.push(warning);
    process.on('warning', listen);
    const large = randomBytes(1_000_000);
    await store.write('staging/large', large, STAGED);
    expect(large.equals(await store.read('staging/large'))).toBe(true);
    // Node announces warnings in a later turn.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });

  it('that only waits is not to be cached', async () => {
    await store.write('staging/1', IMAGE_BYTES, STAGED);
    const reply = await fetch(await store.signedUrl('staging/1'));
    expect(reply.headers.get('cache-control')).toBe('private, no-store');
    await reply.body?.cancel();
  });

  it('can be written again with the same bytes and by many at once', async () => {
    const writes = Array.from({ length: 8 }, () => store.write('avatars/a/2/image.webp', IMAGE_BYTES, IMAGE));
    const stored = await Promise.all(writes);
    expect(new Set(stored.map(({ md5 }) => md5)).size).toBe(1);
  });

  it('is never overwritten by other bytes', async () => {
    await store.write('avatars/a/3/image.webp', IMAGE_BYTES, IMAGE);
    const other = store.write('avatars/a/3/image.webp', Buffer.from('another image'), IMAGE);
    await expect(other).rejects.toMatchObject({ name: 'StorageFailure', kind: 'conflict' });
    expect(await store.read('avatars/a/3/image.webp')).toEqual(IMAGE_BYTES);
  });

  it('is not written any more when it was announced too long ago', async () => {
    const notAfter = new Date(Date.now() - 1);
    const write = store.write('avatars/a/4/image.webp', IMAGE_BYTES, { ...IMAGE, notAfter });
    await expect(write).rejects.toMatchObject({ name: 'StorageFailure', kind: 'unavailable' });
    expect(await store.exists('avatars/a/4/image.webp')).toBe(false);
    await store.write('avatars/a/4/image.webp', IMAGE_BYTES, { ...IMAGE, notAfter: new Date(Date.now() + 60_000) });
  });

  it('can be removed, also when it is not there', async () => {
    await store.write('staging/2', IMAGE_BYTES, STAGED);
    expect(await store.exists('staging/2')).toBe(true);
    await store.remove('staging/2');
    await store.remove('staging/2');
    expect(await store.exists('staging/2')).toBe(false);
    await expect(store.read('staging/2')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('is listed under its prefix, over many pages', async () => {
    const names = Array.from({ length: 1003 }, (_, index) => `sweep/${String(index).padStart(4, '0')}`);
    for (let from = 0; from < names.length; from += 50) {
      await Promise.all(names.slice(from, from + 50).map((name) => store.write(name, Buffer.from(name), STAGED)));
    }
    const listed = await store.list('sweep/');
    expect(listed.map(({ name }) => name).toSorted()).toEqual(names);
    expect(await store.list('nowhere/')).toEqual([]);
  });
});

describe('a signed address', () => {
  const nine = Date.parse('2037-11-23T09:00:00Z');

  it('stays the same for a window and changes with the next', async () => {
    let now = new Date(nine);
    const windowed = storeWith({ now: () => now });
    const first = await windowed.signedUrl('avatars/a/1/image.webp');
    now = new Date(nine + SIGNING_WINDOW_MS - 1);
    expect(await windowed.signedUrl('avatars/a/1/image.webp')).toBe(first);
    // Another process signs the same one: nothing but the window and the name goes in.
    expect(await storeWith({ now: () => now }).signedUrl('avatars/a/1/image.webp')).toBe(first);
    now = new Date(nine + SIGNING_WINDOW_MS);
    expect(await windowed.signedUrl('avatars/a/1/image.webp')).not.toBe(first);
  });

  it('says from when on and how long it works', async () => {
    const url = new URL(await storeWith({ now: () => new Date(nine + 1234) }).signedUrl('avatars/a/1/image.webp'));
    expect(url.searchParams.get('X-Goog-Algorithm')).toBe('GOOG4-RSA-SHA256');
    expect(url.searchParams.get('X-Goog-Date')).toBe('20371123T090000Z');
    expect(url.searchParams.get('X-Goog-Expires')).toBe(String((2 * SIGNING_WINDOW_MS) / 1000));
  });

  it('can name the host that browsers know', async () => {
    const url = await storeWith({ publicEndpoint: 'https://images.example.com' }).signedUrl('avatars/a/1/image.webp');
    expect(url).toMatch(new RegExp(`^https://images\\.example\\.com/${bucket.bucket}/avatars/a/1/image\\.webp\\?`));
  });

  it('goes through Cloud CDN where one is configured', async () => {
    const cdn = { baseUrl: 'https://cdn.example.com/', key: { name: 'k1', secret: 'nZtRohdNF9m3cKM24IcK4w==' } };
    const url = await storeWith({ cdn, now: () => new Date(nine) }).signedUrl('avatars/a/1/image.webp');
    expect(url).toMatch(/^https:\/\/cdn\.example\.com\/avatars\/a\/1\/image\.webp\?Expires=\d+&KeyName=k1&Signature=/);
  });
});

describe('a storage in trouble', () => {
  it('that never answers is given up in time, and the connection is closed', async () => {
    const closed: string[] = [];
    await withServer(
      (request) => request.socket.on('close', () => closed.push(request.url ?? '')),
      async (endpoint) => {
        const hanging = storeWith({ endpoint, limits: IMPATIENT });
        await expect(hanging.read('x')).rejects.toMatchObject({ kind: 'unavailable' });
        await expect(hanging.write('x', IMAGE_BYTES, IMAGE)).rejects.toMatchObject({ kind: 'unavailable' });
        await expect(hanging.healthCheck()).rejects.toMatchObject({ kind: 'unavailable' });
        await expect.poll(() => closed.length).toBe(3 * IMPATIENT.tries);
      },
    );
  });

  it('that stops in the middle of an image is given up too', async () => {
    let closed = 0;
    await withServer(
      (request, response) => {
        request.socket.on('close', () => (closed += 1));
        response.writeHead(200, { 'content-length': 2 * IMAGE_BYTES.length }).write(IMAGE_BYTES);
      },
      async (endpoint) => {
        const read = storeWith({ endpoint, limits: IMPATIENT }).read('x');
        await expect(read).rejects.toMatchObject({ kind: 'unavailable' });
        await expect.poll(() => closed).toBe(IMPATIENT.tries);
      },
    );
  });

  it.each([503, 429, 408])('that answers %i once is asked again', async (status) => {
    let calls = 0;
    await withServer(
      (request, response) => {
        request.resume();
        calls += 1;
        if (calls === 1) response.writeHead(status).end();
        else response.writeHead(200).end(IMAGE_BYTES);
      },
      async (endpoint) => {
        expect(await storeWith({ endpoint, limits: BUSY }).read('x')).toEqual(IMAGE_BYTES);
      },
    );
    expect(calls).toBe(2);
  });

  it('that refuses us is not asked twice', async () => {
    let calls = 0;
    await withServer(
      (_, response) => {
        calls += 1;
        response.writeHead(403).end();
      },
      async (endpoint) => {
        const read = storeWith({ endpoint, limits: BUSY }).read('x');
        await expect(read).rejects.toMatchObject({ kind: 'unavailable', message: 'Cloud Storage answered 403' });
      },
    );
    expect(calls).toBe(1);
  });

  it('whose bytes arrive damaged is not believed', async () => {
    await withServer(
      (_, response) =>
        response
          .writeHead(200, { 'x-goog-hash': 'crc32c=AAAAAA==', 'x-goog-stored-content-encoding': 'identity' })
          .end('damaged'),
      async (endpoint) => {
        await expect(storeWith({ endpoint, limits: BUSY }).read('x')).rejects.toMatchObject({
          kind: 'unavailable',
        });
      },
    );
  });

  it('whose answer to a write was lost has written once', async () => {
    let lost = false;
    // In front of the real emulator: lets the write through, then drops the answer.
    await withServer(
      async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const storedHeaders = ['content-type', 'accept'] as const;
        const headers = Object.fromEntries(storedHeaders.map((name) => [name, request.headers[name] ?? '']));
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
        const flaky = storeWith({ endpoint, limits: BUSY });
        expect(await flaky.write('avatars/a/9/image.webp', IMAGE_BYTES, IMAGE)).toMatchObject({
          sizeBytes: IMAGE_BYTES.length,
        });
      },
    );
    expect(lost).toBe(true);
    expect(await store.read('avatars/a/9/image.webp')).toEqual(IMAGE_BYTES);
  });
});

async function withServer(answer: RequestListener, use: (endpoint: string) => Promise<void>): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
