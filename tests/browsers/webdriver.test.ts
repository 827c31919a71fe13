import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { openMarionetteSession } from './marionette.ts';
import { openHttpSession, type WebDriver } from './webdriver.ts';

const SESSION = { sessionId: 's1', capabilities: { browserVersion: '1.2' } };
const GONE = { error: 'stale element reference', message: 'The element left — long ago' };
let server: Server;
afterEach(() => server.close());

async function listening(started: Server): Promise<number> {
  server = started;
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A driver for HTTP that answers a script with what it was sent, and a click with an error. */
async function openByHttp(received: unknown[]): Promise<WebDriver> {
  const port = await listening(
    createHttpServer(async (request, response) => {
      const body = await text(request);
      received.push(`${request.method} ${request.url}`);
      const isClick = request.url?.endsWith('/click') ?? false;
      response.statusCode = isClick ? 404 : 200;
      const script = body === '' ? null : (JSON.parse(body) as { script?: string }).script;
      response.end(JSON.stringify({ value: isClick ? GONE : request.url === '/session' ? SESSION : script }));
    }).listen(0, '127.0.0.1'),
  );
  return openHttpSession(`http://127.0.0.1:${port}`, {});
}

/** The same as Firefox's own protocol, whose messages arrive in pieces. */
async function openByMarionette(received: unknown[]): Promise<WebDriver> {
  const port = await listening(
    createServer((socket) => {
      socket.setNoDelay();
      socket.write('19:{"protocol":"fake"');
      socket.write('}');
      let waiting = '';
      socket.on('data', async (chunk: Buffer) => {
        waiting += chunk.toString();
        const [, json = ''] = /^\d+:(.*)$/su.exec(waiting) ?? [];
        waiting = '';
        const [, id, name, parameters] = JSON.parse(json) as [0, number, string, { script?: string }];
        received.push(name);
        const isClick = name === 'WebDriver:ElementClick';
        const result = name === 'WebDriver:NewSession' ? SESSION : { value: parameters.script ?? null };
        const answer = JSON.stringify([1, id, isClick ? GONE : null, isClick ? null : result]);
        const bytes = Buffer.from(`${Buffer.byteLength(answer)}:${answer}`);
        for (const byte of bytes) socket.write(Buffer.of(byte));
      });
    }).listen(0, '127.0.0.1'),
  );
  return openMarionetteSession(port);
}

describe.each([
  {
    form: 'HTTP',
    open: openByHttp,
    commands: [
      'POST /session',
      'POST /session/s1/execute/sync',
      'POST /session/s1/element/e1/click',
      'DELETE /session/s1',
    ],
  },
  {
    form: 'Marionette',
    open: openByMarionette,
    commands: ['WebDriver:NewSession', 'WebDriver:ExecuteScript', 'WebDriver:ElementClick', 'WebDriver:DeleteSession'],
  },
])('WebDriver by $form', ({ open, commands }) => {
  it('sends commands and returns values, in any script', async () => {
    const received: unknown[] = [];
    const driver = await open(received);
    expect(driver.version).toBe('1.2');
    const script = 'return "ä, 🎨"';
    expect(await driver.send('Execute Script', { script, args: [] })).toBe(script);
    await expect(driver.send('Element Click', { id: 'e1' })).rejects.toMatchObject({ code: GONE.error });
    await driver.end();
    expect(received).toEqual(commands);
  });
});
