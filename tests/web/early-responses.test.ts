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
  const app = createWebApp({
    distDir: import.meta.dirname,
    apiUrl: studio.address,
    imageOrigins: ['http://images.test'],
  });
  web = createDrainingServer({}, app).server.listen(0, '127.0.0.1');
  await once(web, 'listening');
});
afterAll(() => web.closeAllConnections());

interface UploadRequest {
  readonly path?: string;
  readonly mebibytes: number;
  readonly token?: string;
  readonly chunked?: boolean;
  readonly headers?: Record<string, string>;
  readonly agent?: Agent | false;
}

/** Sends a whole body, and reads the answer when it comes. @throws Error when the connection fails */
async function send({
  path = '/api/v1/uploads',
  mebibytes,
  token,
  chunked = false,
  headers = {},
  agent = false,
}: UploadRequest) {
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

describe('an API answer before the end of the request body, through the web server', () => {
  const bodies = [
    { mebibytes: 14 },
    { mebibytes: 14, chunked: true },
    { mebibytes: 200 },
    { mebibytes: 200, chunked: true },
  ];
  it.each(bodies)('reaches the client of a body that is too large: %j', async (sent) => {
    expect(await send(sent)).toMatchObject({ status: 413, code: 'payload_too_large' });
  });

  it.each(bodies)('reaches the client with an invalid token: %j', async (sent) => {
    expect(await send({ ...sent, token: 'nobody' })).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  it.each(bodies)('reaches the client with a wrong content type: %j', async (sent) => {
    const headers = { 'content-type': 'application/pdf' };
    expect(await send({ ...sent, headers })).toMatchObject({ status: 415, code: 'unsupported_media' });
  });

  it.each(bodies)('reaches the client of an unknown path: %j', async (sent) => {
    expect(await send({ ...sent, path: '/api/v1/nothing' })).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('reaches the client of JSON that is too large', async () => {
    const sent = { path: '/api/v1/projects', mebibytes: 14, headers: { 'content-type': 'application/json' } };
    expect(await send(sent)).toMatchObject({ status: 413, code: 'payload_too_large' });
    expect(await send({ ...sent, chunked: true })).toMatchObject({ status: 413, code: 'payload_too_large' });
  });

  it.each([{ 'content-length': 200 * MEBIBYTE }, { 'transfer-encoding': 'chunked' }])(
    'reaches the client of JSON that is too large before all of it was sent: %j',
    async (length) => {
      const request = httpRequest({
        port: (web.address() as AddressInfo).port,
        host: '127.0.0.1',
        path: '/api/v1/projects',
        method: 'POST',
        headers: { ...length, authorization: `Bearer ${user.token}`, 'content-type': 'application/json' },
      });
      // More than the limit, and then nothing.
      request.write(Buffer.alloc(MEBIBYTE, ' '));
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(response.statusCode).toBe(413);
      request.on('error', () => undefined).destroy();
    },
  );

  it('reaches a client that waits for 100 Continue', async () => {
    const headers = { expect: '100-continue' };
    expect(await send({ mebibytes: 14, headers })).toMatchObject({ status: 413 });
  });
});

it('the web server keeps a connection open after a small unread body, and closes it after a large one', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const small = { mebibytes: 0, token: 'nobody', agent };
  expect(await send(small)).toMatchObject({ status: 401 });
  expect(await send(small)).toMatchObject({ status: 401 });
  expect(await send({ ...small, mebibytes: 14 })).toMatchObject({ status: 401, connection: 'close' });
  expect(await send(small)).toMatchObject({ status: 401 });
  agent.destroy();
});
