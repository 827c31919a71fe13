import express from 'express';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toProblem } from '../middleware/problem-handler.ts';
import { createArchives, type ArchiveEntry, type Archives } from './archives.ts';

const MEBIBYTE = 1024 * 1024;
/** More than the buffers between server and client hold. */
const ENTRIES = 24;

let server: Server;
let archives: Archives;
const open: IncomingMessage[] = [];
/** The accounts whose archives ended early. */
const cut: string[] = [];

async function* entries(): AsyncGenerator<ArchiveEntry> {
  for (let index = 0; index < ENTRIES; index += 1) {
    yield { name: `${index}.bin`, lastModified: new Date(), input: Buffer.alloc(MEBIBYTE, index) };
  }
}

beforeAll(async () => {
  const app = express();
  app.get('/:account', async (req, res) => {
    res.once('close', () => !res.writableFinished && cut.push(req.params.account));
    try {
      await archives.send(res, { accountId: req.params.account, fileName: 'a.zip', entries: entries() });
    } catch (error) {
      const { code, details } = toProblem(error);
      res.status(400).json({ code, retryAfterSeconds: details.retryAfterSeconds });
    }
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  for (const response of open.splice(0)) response.destroy();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A response whose body is not read yet. */
function request(account: string): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: `/${account}`, agent: false }, (response) => {
      open.push(response);
      resolve(response);
    }).once('error', reject);
  });
}

async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('archives', () => {
  it('are sent completely to a client that reads them', async () => {
    archives = createArchives();
    const response = await request('ada');
    expect(response.headers['content-disposition']).toBe('attachment; filename="a.zip"');
    expect((await bodyOf(response)).length).toBeGreaterThan(ENTRIES * MEBIBYTE);
  });

  it('are at most two at once for one account, and others get theirs', async () => {
    archives = createArchives();
    await Promise.all([request('ada'), request('ada')]);
    const third = await request('ada');
    expect(third.statusCode).toBe(400);
    expect(JSON.parse((await bodyOf(third)).toString())).toEqual({ code: 'rate_limited', retryAfterSeconds: 5 });
    expect((await bodyOf(await request('bob'))).length).toBeGreaterThan(ENTRIES * MEBIBYTE);
  });

  it('are available again once one was read or given up', async () => {
    archives = createArchives();
    const [first, second] = await Promise.all([request('ada'), request('ada')]);
    first.destroy();
    await bodyOf(second);
    await expect.poll(async () => (await request('ada')).statusCode).toBe(200);
  });

  it('are not sent on to a client that trickles', async () => {
    cut.length = 0;
    archives = createArchives({ waitedMs: 300, bytesPerMs: 10_000 });
    const response = await request('ada');
    response.pause();
    response.on('error', () => undefined);
    const trickle = setInterval(() => response.read(1024), 25);
    await expect.poll(() => cut, { timeout: 20_000 }).toEqual(['ada']);
    clearInterval(trickle);
  });
});
