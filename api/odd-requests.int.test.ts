import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '#tests/api/test-api.ts';
import type { TestUser } from '#tests/api/serve-api.ts';

const studio = testApi();
const GENERATION = JSON.stringify({ sourceType: 'text_to_image', prompt: 'a smith' });
const PROJECT = JSON.stringify({ name: 'Odd' });
const NUL = String.fromCharCode(0);

let user: TestUser;
beforeAll(async () => {
  user = await studio.user();
});

interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | string;
}

/** Uses node:http, which sends requests that fetch would correct or refuse. */
function send({ method = 'POST', path = '/api/v1/projects', headers = {}, body = '' }: RawRequest) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; code: string | undefined }>();
  const request = httpRequest(
    studio.address + path.replace(':project', user.projectId),
    {
      method,
      agent: false,
      headers: { authorization: `Bearer ${user.token}`, 'content-type': 'application/json', ...headers },
    },
    (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const json = response.headers['content-type']?.includes('json') ? (JSON.parse(text) as { code?: string }) : {};
        resolve({ status: response.statusCode ?? 0, code: json.code });
      });
    },
  );
  request.on('error', reject);
  request.end(body);
  return promise;
}

const encodings = [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const;

describe('a compressed body', () => {
  it.each(encodings)('is read with %s', async (name, compress) => {
    const answer = await send({ headers: { 'content-encoding': name }, body: compress(PROJECT) });
    expect(answer.status).toBe(201);
  });

  it.each(encodings)('gets 400 when it is not valid or incomplete with %s', async (name, compress) => {
    const whole = compress(Buffer.from(JSON.stringify({ name: 'x'.repeat(50), description: GENERATION })));
    for (const body of [Buffer.from(PROJECT), whole.subarray(0, whole.length - 4), Buffer.from([0xff, 0x00, 0x1f])]) {
      const answer = await send({ headers: { 'content-encoding': name }, body });
      expect(answer).toEqual({ status: 400, code: 'validation_failed' });
    }
  });

  it.each(encodings)('is limited by its decompressed size with %s', async (name, compress) => {
    const bomb = compress(Buffer.from(JSON.stringify({ name: 'x'.repeat(5_000_000) })));
    const answer = await send({ headers: { 'content-encoding': name }, body: bomb });
    expect(answer).toEqual({ status: 413, code: 'payload_too_large' });
  });

  it('gets 415 in an unknown encoding', async () => {
    for (const encoding of ['zstd-but-wrong', 'gzip, gzip', 'compress']) {
      const answer = await send({ headers: { 'content-encoding': encoding }, body: PROJECT });
      expect(answer).toEqual({ status: 415, code: 'unsupported_media' });
    }
  });
});

describe('a body with more values than any request has', () => {
  it.each([
    ['objects', `{"items":[${'{},'.repeat(5_000)}{}]}`],
    ['fields', `{${Array.from({ length: 5_000 }, (_, index) => `"f${index}":0`).join(',')}}`],
    ['levels', '['.repeat(60_000)],
  ])('gets 413 before its %s are parsed', async (_what, body) => {
    expect(await send({ body })).toEqual({ status: 413, code: 'payload_too_large' });
  });

  it('is told apart from one with many commas in a text', async () => {
    const description = `\\"${','.repeat(480)}`;
    const names = Array.from({ length: 12 }, () => description);
    expect((await send({ body: JSON.stringify({ name: 'Commas', names, description }) })).status).toBe(400);
    expect((await send({ body: JSON.stringify({ name: 'Commas', description }) })).status).toBe(201);
  });
});

describe('a malformed request', () => {
  const upload = { 'content-type': 'multipart/form-data; boundary=x' };
  const part = (head: string, bytes = 'x') => `--x\r\n${head}\r\n\r\n${bytes}\r\n--x--\r\n`;
  it.each<[string, RawRequest]>([
    ['endlessly nested JSON', { body: '['.repeat(3_000) }],
    ['deep objects', { body: `{"name":"a","defaults":${'{"style":'.repeat(3_000)}1${'}'.repeat(3_001)}` }],
    ['a prototype', { body: '{"__proto__":{"admin":true},"constructor":1,"name":"a"}' }],
    ['a number instead of an object', { body: '1e999' }],
    ['NUL in a text', { body: JSON.stringify({ name: `a${NUL}b` }) }],
    ['half a surrogate pair', { body: '{"name":"a\\ud800"}' }],
    ['another charset', { headers: { 'content-type': 'application/json; charset=klingon' }, body: PROJECT }],
    ['bytes that are not UTF-8', { body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) }],
    [
      'a number that is too large',
      {
        path: '/api/v1/projects/:project/generations',
        body: `{"sourceType":"text_to_image","prompt":"a","options":{"seed":1e400}}`,
      },
    ],
    ['NUL in the path', { method: 'GET', path: '/api/v1/projects/%00' }],
    ['half an escape in the path', { method: 'GET', path: '/api/v1/projects/%E0%A4%A' }],
    ['a cursor that is not base64', { method: 'GET', path: '/api/v1/projects/:project/avatars?cursor=%00%ff' }],
    [
      'a cursor of another list',
      {
        method: 'GET',
        path: `/api/v1/projects/:project/avatars?cursor=${Buffer.from('["x",1]').toString('base64url')}`,
      },
    ],
    ['NUL in the search text', { method: 'GET', path: '/api/v1/projects/:project/avatars?q=a%00' }],
    ['a query key twice', { method: 'GET', path: '/api/v1/projects/:project/avatars?limit=1&limit=2' }],
    ['a limit that is too large', { method: 'GET', path: '/api/v1/projects?limit=99999999999999999999' }],
    [
      'an odd idempotency key',
      {
        path: '/api/v1/projects/:project/generations',
        headers: { 'idempotency-key': '\u00ff'.repeat(20) },
        body: GENERATION,
      },
    ],
    [
      'a form without a boundary',
      { path: '/api/v1/uploads', headers: { 'content-type': 'multipart/form-data' }, body: 'x' },
    ],
    [
      'an incomplete form',
      {
        path: '/api/v1/uploads',
        headers: upload,
        body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n',
      },
    ],
    [
      'a form with an empty file',
      {
        path: '/api/v1/uploads',
        headers: upload,
        body: part('Content-Disposition: form-data; name="file"; filename="a"', ''),
      },
    ],
    [
      'a form whose part has no name',
      { path: '/api/v1/uploads', headers: upload, body: part('Content-Type: image/png') },
    ],
    [
      'a form with a prototype',
      { path: '/api/v1/uploads', headers: upload, body: part('Content-Disposition: form-data; name="__proto__"') },
    ],
    [
      'a compressed form',
      {
        path: '/api/v1/uploads',
        headers: { ...upload, 'content-encoding': 'gzip' },
        body: gzipSync(part('Content-Disposition: form-data; name="file"; filename="a.png"')),
      },
    ],
  ])('gets a 4xx: %s', async (_what, rawRequest) => {
    const { status } = await send(rawRequest);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});
