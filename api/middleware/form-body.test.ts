import express from 'express';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UPLOAD_MAX_BYTES } from '#domain/generation/upload.ts';
import { contextOf } from '../request-context.ts';
import { formBody } from './form-body.ts';
import { createMemoryBudget, type MemoryBudget } from './memory-budget.ts';
import { toProblem } from './problem-handler.ts';

const MEBIBYTE = 1024 * 1024;
const BUDGET_BYTES = 24 * MEBIBYTE;

let server: Server;
let address: string;
let memory: MemoryBudget;
/** Resolves requests whose forms have been read and that wait, as uploads wait for their decoding. */
const waiting: (() => void)[] = [];

beforeAll(async () => {
  memory = createMemoryBudget(BUDGET_BYTES);
  const app = express();
  const multipart = { file: 'image', fields: z.object({}) };
  app.post('/', formBody(multipart, memory), async (req, res) => {
    if (req.query['wait'] !== undefined) await new Promise<void>((resolve) => waiting.push(resolve));
    res.json({ fields: req.body, bytes: contextOf(res).file?.length });
  });
  const answer: express.ErrorRequestHandler = (error, _req, res, _next) => {
    const { code, details } = toProblem(error);
    res.status(400).json({ code, path: details.errors?.[0]?.path });
  };
  app.use(answer);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function form(...parts: [name: string, value: string | Buffer][]): FormData {
  const data = new FormData();
  for (const [name, value] of parts) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, new Blob([new Uint8Array(value)]), 'a file');
  }
  return data;
}

async function post(body: FormData | string, headers: Record<string, string> = {}, query = '') {
  const response = await fetch(address + query, { method: 'POST', body, headers });
  return (await response.json()) as { code?: string; path?: string; fields?: unknown; bytes?: number };
}

const FILE = Buffer.from('image');

describe('formBody', () => {
  it('reads the fields and the file', async () => {
    expect(await post(form(['name', 'Ada'], ['image', FILE], ['persona', '{}']))).toEqual({
      fields: { name: 'Ada', persona: '{}' },
      bytes: FILE.length,
    });
  });

  it('accepts a file name for every part, or for none', async () => {
    expect(await post(form(['persona', Buffer.from('{"age":30}')], ['image', FILE]))).toMatchObject({
      fields: { persona: '{"age":30}' },
    });
    expect(await post(form(['image', 'plain text']))).toMatchObject({ bytes: 'plain text'.length });
  });

  it.each([
    ['without a file', form(['name', 'Ada']), 'image'],
    ['with two files', form(['image', FILE], ['image', FILE]), 'image'],
    ['with a field twice', form(['name', 'Ada'], ['name', 'Bea'], ['image', FILE]), 'name'],
  ])('refuses a form %s', async (_, body, path) => {
    expect(await post(body)).toEqual({ code: 'validation_failed', path });
  });

  it('refuses a form with too many fields', async () => {
    const many = Array.from({ length: 11 }, (_, index): [string, string] => [`f${index}`, '']);
    expect(await post(form(...many, ['image', FILE]))).toMatchObject({ code: 'validation_failed' });
  });

  it('refuses a field that is too long', async () => {
    expect(await post(form(['name', 'x'.repeat(49 * 1024)], ['image', FILE]))).toEqual({ code: 'payload_too_large' });
  });

  it('refuses a body that is not a complete form', async () => {
    expect(await post('{}', { 'Content-Type': 'application/json' })).toEqual({ code: 'unsupported_media' });
    expect(await post('x', { 'Content-Type': 'multipart/form-data' })).toEqual({ code: 'validation_failed' });
    const cut = { 'Content-Type': 'multipart/form-data; boundary=b' };
    expect(await post('--b\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\nhalf', cut)).toEqual({
      code: 'validation_failed',
    });
    expect(await post('not a form at all', cut)).toMatchObject({ code: 'validation_failed' });
  });
});

describe('formBody of other programs', () => {
  const FILE_PART = '--b\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n';
  const raw = async (body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(address, {
      method: 'POST',
      body: Buffer.from(body, 'latin1'),
      headers: { 'Content-Type': 'multipart/form-data; boundary=b', ...headers },
    });
    return (await response.json()) as { code?: string; path?: string; fields?: unknown };
  };
  const withName = (headers: string, name: string) =>
    `--b\r\nContent-Disposition: form-data; name="name"${headers}\r\n\r\n${name}\r\n${FILE_PART}\r\nx\r\n--b--`;

  it('reads a stated charset, as windows-1252 where it says Latin-1, and refuses other bytes than UTF-8', async () => {
    const stated = '\r\nContent-Type: text/plain; charset=iso-8859-1';
    expect(await raw(withName(stated, 'Zo\u00EB \u0096'))).toMatchObject({ fields: { name: 'Zoë –' } });
    expect(await raw(withName('', 'Zo\u00EB'))).toEqual({ code: 'validation_failed', path: 'name' });
    expect(await raw(withName('', Buffer.from('Zoë').toString('latin1')))).toMatchObject({ fields: { name: 'Zoë' } });
  });

  it('accepts the charset field of HTML forms', async () => {
    const charset = '--b\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\nutf-8\r\n';
    expect(await raw(charset + withName('', 'Ada'))).toMatchObject({ fields: { name: 'Ada' } });
  });

  it('refuses encoded parts and compressed forms by their reason', async () => {
    const base64 = `${FILE_PART}Content-Transfer-Encoding: base64\r\n\r\neA==\r\n--b--`;
    expect(await raw(base64)).toEqual({ code: 'unsupported_media' });
    const quoted = withName('\r\nContent-Transfer-Encoding: quoted-printable', 'a=20b');
    expect(await raw(quoted)).toEqual({ code: 'unsupported_media' });
    expect(await raw('x', { 'Content-Encoding': 'gzip' })).toEqual({ code: 'unsupported_media' });
  });
});

describe('formBody with a large file', () => {
  it('accepts at most 10 MB, to the byte', async () => {
    expect(await post(form(['image', Buffer.alloc(UPLOAD_MAX_BYTES)]))).toEqual({
      fields: {},
      bytes: UPLOAD_MAX_BYTES,
    });
    expect(await post(form(['image', Buffer.alloc(UPLOAD_MAX_BYTES + 1)]))).toEqual({ code: 'payload_too_large' });
  });

  it('refuses a file of unknown length as soon as it is too large', async () => {
    let sentBytes = 0;
    const code = await new Promise((resolve, reject) => {
      const headers = { 'Content-Type': 'multipart/form-data; boundary=b', 'Transfer-Encoding': 'chunked' };
      const sending = request(address, { method: 'POST', headers }, (response) => {
        response.setEncoding('utf8').once('data', (text: string) => {
          sending.destroy();
          resolve((JSON.parse(text) as { code: string }).code);
        });
      });
      sending.on('error', reject);
      sending.write('--b\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n');
      const more = () => {
        if (sending.destroyed) return;
        sentBytes += MEBIBYTE;
        if (sending.write(Buffer.alloc(MEBIBYTE))) setImmediate(more);
        else sending.once('drain', more);
      };
      more();
    });
    expect(code).toBe('payload_too_large');
    expect(sentBytes).toBeLessThan(100 * MEBIBYTE);
  });
});

describe('the memory budget of all forms', () => {
  it('is held until the responses are sent, and refuses further forms', async () => {
    const large = () => form(['image', Buffer.alloc(UPLOAD_MAX_BYTES)]);
    const held = [post(large(), {}, '?wait'), post(large(), {}, '?wait')];
    await expect.poll(() => waiting.length).toBe(2);
    expect(await post(large())).toEqual({ code: 'unavailable' });
    expect(await post(form(['image', FILE]))).toMatchObject({ bytes: FILE.length });
    for (const finish of waiting.splice(0)) finish();
    for (const answer of await Promise.all(held)) expect(answer).toMatchObject({ bytes: UPLOAD_MAX_BYTES });
    expect(await post(large())).toMatchObject({ bytes: UPLOAD_MAX_BYTES });
    await expect.poll(() => memory.acquire('ada', BUDGET_BYTES)).toBe(true);
    memory.release('ada', BUDGET_BYTES);
  });

  it('is released when a client disconnects', async () => {
    const abort = new AbortController();
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const sending = fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
      body: readable,
      duplex: 'half',
      signal: abort.signal,
    } as RequestInit);
    void writer.write(Buffer.from('--b\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'));
    void writer.write(Buffer.alloc(MEBIBYTE));
    await expect
      .poll(() => {
        const isUnused = memory.acquire('ada', BUDGET_BYTES);
        if (isUnused) memory.release('ada', BUDGET_BYTES);
        return isUnused;
      })
      .toBe(false);
    abort.abort();
    await expect(sending).rejects.toThrow('aborted');
    await expect.poll(() => memory.acquire('ada', BUDGET_BYTES)).toBe(true);
  });
});
