import { once } from 'node:events';
import { connect } from 'node:net';
import { type NewSession, type WebDriver, WebDriverError } from './webdriver.ts';

/** `[1, id, error, result]`: the answer to the command with this id. */
type Answer = readonly [type: 1, id: number, error: { error: string; message: string } | null, result: unknown];

const COLON = ':'.charCodeAt(0);

/**
 * Starts a session at Firefox's own port for WebDriver's commands, which geckodriver would translate HTTP for: each
 * message is its length in bytes, a colon, and JSON.
 */
export async function openMarionetteSession(port: number): Promise<WebDriver> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const colon = received.indexOf(COLON);
      if (colon < 0) return;
      const end = colon + 1 + Number(received.toString('latin1', 0, colon));
      if (received.length < end) return;
      const message: unknown = JSON.parse(received.toString('utf8', colon + 1, end));
      received = received.subarray(end);
      if (Array.isArray(message)) settle(message as unknown as Answer); // the first message is a greeting
    }
  });
  const settle = ([, id, error, result]: Answer) => {
    const command = waiting.get(id);
    waiting.delete(id);
    if (error) command?.reject(new WebDriverError(error.error, error.message));
    else command?.resolve(result);
  };
  socket.on('error', () => undefined); // 'close' follows
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox closed the connection'));
  });

  let lastId = 0;
  const send = (name: string, parameters: Record<string, unknown>) => {
    const id = ++lastId;
    const message = JSON.stringify([0, id, name, parameters]);
    const result = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    socket.write(`${Buffer.byteLength(message)}:${message}`);
    return result;
  };
  const { capabilities } = (await send('WebDriver:NewSession', {})) as NewSession;
  return {
    version: capabilities.browserVersion,
    async send(command, parameters = {}) {
      // Scripts share one global scope, as in other browsers.
      const result = await send(`WebDriver:${command.replaceAll(' ', '')}`, {
        ...parameters,
        sandbox: 'story',
        newSandbox: false,
      });
      const isWrapped = typeof result === 'object' && result !== null && 'value' in result;
      return isWrapped ? result.value : result;
    },
    async end() {
      await send('WebDriver:DeleteSession', {});
      socket.destroy();
    },
  };
}
