import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createObjectRequests, ObjectRequestFailed } from './object-requests.ts';

const METADATA = { contentType: 'image/webp', cacheControl: 'private, no-store', md5Hash: 'CY9rzUYh03PK3k6DJie09g==' };

interface Request {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const closings: (() => void)[] = [];
afterEach(() => closings.splice(0).forEach((close) => close()));

/** Cloud Storage as far as these calls see it: replies with `status`, and records what arrived over how many connections. */
async function listen(status = 200) {
  const received: Request[] = [];
  const sockets: Socket[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: await buffer(request) });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ size: '4', md5Hash: METADATA.md5Hash }));
  });
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  const requests = createObjectRequests({
    bucket: 'images',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorization: async (url) => ({ authorization: `Bearer for ${new URL(url).pathname}` }),
  });
  return { requests, received, sockets };
}

describe('an object request', () => {
  it('sends metadata and bytes as the JSON API defines a multipart upload', async () => {
    const { requests, received } = await listen();
    const bytes = Buffer.from('\r\n--\r\n\r\nRIFF');
    expect(await requests.insert('avatars/a b/1.webp', bytes, METADATA)).toMatchObject({ size: '4' });
    const { method, url, headers, body } = received[0]!;
    const query = 'uploadType=multipart&ifGenerationMatch=0&name=avatars%2Fa%20b%2F1.webp';
    expect(`${method} ${url}`).toBe(`POST /upload/storage/v1/b/images/o?${query}`);
    expect(headers.authorization).toBe('Bearer for /upload/storage/v1/b/images/o');
    const type = headers['content-type']!;
    expect(type).toMatch(/^multipart\/related; boundary=/);
    const parts = readParts(type.split('boundary=')[1]!, body);
    expect(parts[0]!.type).toBe('application/json; charset=utf-8');
    expect(JSON.parse(parts[0]!.content.toString())).toEqual(METADATA);
    expect(parts[1]!.type).toBe('image/webp');
    expect(parts[1]!.content.equals(bytes)).toBe(true);
  });

  it('separates the parts by a boundary of its own', async () => {
    const { requests, received } = await listen();
    await requests.insert('a', Buffer.from('a'), METADATA);
    await requests.insert('a', Buffer.from('a'), METADATA);
    expect(received[0]!.headers['content-type']).not.toBe(received[1]!.headers['content-type']);
  });

  it('removes an object by its encoded name', async () => {
    const { requests, received } = await listen(204);
    await requests.remove('avatars/a b/1.webp');
    expect(received[0]).toMatchObject({ method: 'DELETE', url: '/storage/v1/b/images/o/avatars%2Fa%20b%2F1.webp' });
    expect(received[0]!.headers.authorization).toMatch(/^Bearer /);
  });

  it('ignores that the object to remove does not exist', async () => {
    const { requests } = await listen(404);
    await expect(requests.remove('missing')).resolves.toBeUndefined();
  });

  it.each([403, 412, 503])('throws the status of an error: %i', async (status) => {
    const { requests } = await listen(status);
    const failure = await requests.insert('a', Buffer.from('a'), METADATA).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ObjectRequestFailed);
    expect(failure).toMatchObject({ code: status, message: `Cloud Storage answered ${status}` });
  });

  it('uses the connection of the one before', async () => {
    const { requests, sockets } = await listen();
    for (const name of ['a', 'b', 'c']) await requests.insert(name, Buffer.from(name), METADATA);
    await requests.remove('a');
    expect(sockets).toHaveLength(1);
  });

  it('fails with a code, so that it is retried, when the connection ends before the reply', async () => {
    const { requests, sockets } = await listen();
    await requests.remove('a');
    sockets[0]!.on('data', () => sockets[0]!.resetAndDestroy());
    await expect(requests.remove('b')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

/** Parsed by cutting at the boundary, not by a library that forgives. */
function readParts(boundary: string, body: Buffer): { type: string; content: Buffer }[] {
  const text = body.toString('latin1');
  expect(text.startsWith(`--${boundary}\r\n`)).toBe(true);
  expect(text.endsWith(`\r\n--${boundary}--`)).toBe(true);
  const inner = text.slice(boundary.length + 4, -(boundary.length + 6));
  return inner.split(`\r\n--${boundary}\r\n`).map((part) => {
    const end = part.indexOf('\r\n\r\n');
    return {
      type: part.slice(0, end).replace(/^content-type: /, ''),
      content: Buffer.from(part.slice(end + 4), 'latin1'),
    };
  });
}
