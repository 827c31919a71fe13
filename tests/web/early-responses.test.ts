import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrainingServer } from '#process/draining-server.ts';
import { createWebApp } from '#web/server/create-web-app.ts';
import { testApi } from '../api/test-api.ts';
import type { TestUser } from '../api/serve-api.ts';

const MEBIBYTE = 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024);
const UPLOAD = { 'content-type': 'multipart/form-data; boundary=x' };
const HEAD = Buffer.from('--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n');

const studio = testApi();
let user: TestUser;
let web: ReturnType<typeof createDrainingServer>['server'];

beforeAll(async () => {
  user = await studio.user();
  const app = createWebApp({ distDir: import.meta.dirname, apiUrl: studio.address, imageOrigin: 'http://images.test' });
  web = createDrainingServer({}, app).server.listen(0, '127.0.0.1');
  await once(web, 'listening');
});
afterAll(() => web.closeAllConnections());

interface Sent {
  readonly path?: string;
  readonly mebibytes: number;
  readonly token?: string;
  readonly chunked?: boolean;
  readonly headers?: Record<string, string>;
  readonly agent?: Agent | false;
}

/** Sends all of a body, as a client does that looks at the answer when it comes; a fault of the connection is thrown. */
async function send({
  path = '/api/v1/uploads',
  mebibytes,
  token,
  chunked = false,
  headers = {},
  agent = false,
}: Sent) {
  const sizeBytes = HEAD.length + mebibytes * MEBIBYTE;
  function* body() {
    yield HEAD;
    for (let sent = 0; sent < mebibytes * MEBIBYTE; sent += CHUNK.length) yield CHUNK;
  }
  const request = httpRequest({
    port: (web.address() as AddressInfo).port,
    host: '127.0.0.1',
    path,
    method: 'POST',
    agent,
    headers: {
      ...UPLOAD,
      authorization: `Bearer ${token ?? user.token}`,
      ...(chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': sizeBytes }),
      ...headers,
    },
  });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  Readable.from(body()).pipe(request);
  const [response] = await answered;
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  const { code } = JSON.parse(text) as { code: string };
  return { status: response.statusCode, code, connection: response.headers.connection };
}

describe('an answer before the body is read reaches its client through the page’s server', () => {
  const bodies = [
    { mebibytes: 14 },
    { mebibytes: 14, chunked: true },
    { mebibytes: 200 },
    { mebibytes: 200, chunked: true },
  ];
  it.each(bodies)('too large: %j', async (sent) => {
    expect(await send(sent)).toMatchObject({ status: 413, code: 'payload_too_large' });
  });

  it.each(bodies)('a bad token: %j', async (sent) => {
    expect(await send({ ...sent, token: 'nobody' })).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  it.each(bodies)('another content type: %j', async (sent) => {
    const headers = { 'content-type': 'application/pdf' };
    expect(await send({ ...sent, headers })).toMatchObject({ status: 415, code: 'unsupported_media' });
  });

  it.each(bodies)('an address of nothing: %j', async (sent) => {
    expect(await send({ ...sent, path: '/api/v1/nothing' })).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('JSON that is too large', async () => {
    const sent = { path: '/api/v1/projects', mebibytes: 14, headers: { 'content-type': 'application/json' } };
    expect(await send(sent)).toMatchObject({ status: 413, code: 'payload_too_large' });
    expect(await send({ ...sent, chunked: true })).toMatchObject({ status: 413, code: 'payload_too_large' });
  });

  it.each([{ 'content-length': 200 * MEBIBYTE }, { 'transfer-encoding': 'chunked' }])(
    'JSON that is too large, while its client is far from having sent all: %j',
    async (length) => {
      const request = httpRequest({
        port: (web.address() as AddressInfo).port,
        host: '127.0.0.1',
        path: '/api/v1/projects',
        method: 'POST',
        headers: { ...length, authorization: `Bearer ${user.token}`, 'content-type': 'application/json' },
      });
      // More than may be, and then nothing.
      request.write(Buffer.alloc(MEBIBYTE, ' '));
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(response.statusCode).toBe(413);
      request.on('error', () => undefined).destroy();
    },
  );

  it('a client that waits to be told to go on', async () => {
    const headers = { expect: '100-continue' };
    expect(await send({ mebibytes: 14, headers })).toMatchObject({ status: 413 });
  });
});

it('a connection goes on after a small body that nobody read, and says that it ends after a large one', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const small = { mebibytes: 0, token: 'nobody', agent };
  expect(await send(small)).toMatchObject({ status: 401 });
  expect(await send(small)).toMatchObject({ status: 401 });
  expect(await send({ ...small, mebibytes: 14 })).toMatchObject({ status: 401, connection: 'close' });
  expect(await send(small)).toMatchObject({ status: 401 });
  agent.destroy();
});
