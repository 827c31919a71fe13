import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';

const SHORT_MS = 150;
const DELAY_MS = 100;

let server: Server;
let proxy: FaultProxy;
let received = '';
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket
      .on('end', () => setTimeout(() => socket.end(), 2 * DELAY_MS))
      .on('error', () => undefined)
      .on('data', (chunk: Buffer) => {
        received += chunk.toString();
        // A reply takes a moment, as of a real server.
        setTimeout(() => socket.destroyed || socket.write(`<${chunk.toString()}>`), DELAY_MS);
      });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
beforeEach(async () => {
  received = '';
  proxy = await startFaultProxy((server.address() as AddressInfo).port);
});
afterEach(() => proxy.close());
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});

interface Caller {
  readonly socket: Socket;
  text(): string;
  errorCode(): string | undefined;
}

async function call(): Promise<Caller> {
  const socket = connect(proxy.port);
  let text = '';
  let code: string | undefined;
  socket.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  socket.on('error', (error: NodeJS.ErrnoException) => void (code = error.code));
  await new Promise<unknown>((resolve) => socket.once('connect', resolve).once('close', resolve));
  return { socket, text: () => text, errorCode: () => code };
}

async function send(caller: Caller, text: string, waitMs = 0): Promise<void> {
  caller.socket.write(text);
  await expect.poll(() => received, { interval: 5 }).toContain(text);
  await sleep(waitMs);
}

describe('the proxy between two parts', () => {
  it('passes bytes both ways without a fault, and the end of a connection', async () => {
    const caller = await call();
    await send(caller, 'ping');
    await expect.poll(caller.text).toBe('<ping>');
    caller.socket.end();
    await expect.poll(proxy.connections).toBe(0);
  });

  it('delays each chunk, and counts them', async () => {
    const caller = await call();
    const applied = proxy.apply({ kind: 'latency', delayMs: DELAY_MS });
    const startedAt = performance.now();
    caller.socket.write('ping');
    await expect.poll(caller.text, { interval: 5 }).toBe('<ping>');
    expect(performance.now() - startedAt).toBeGreaterThan(3 * DELAY_MS - 20);
    expect(applied.heal()).toBe(2);
  });

  it('resets open connections and new ones while it is cut', async () => {
    const caller = await call();
    await send(caller, 'ping');
    const applied = proxy.apply({ kind: 'cut' });
    await expect.poll(caller.errorCode).toBe('ECONNRESET');
    const refused = await call();
    await expect.poll(() => refused.socket.destroyed).toBe(true);
    expect(applied.heal()).toBe(2);
    const next = await call();
    await send(next, 'again');
    await expect.poll(next.text).toBe('<again>');
  });

  it('resets a connection after its request has arrived, without the reply', async () => {
    const caller = await call();
    const applied = proxy.apply({ kind: 'reset_after_request', isNext: () => true });
    await send(caller, 'pay');
    await expect.poll(caller.errorCode).toBe('ECONNRESET');
    expect(caller.text()).toBe('');
    expect(applied.heal()).toBe(1);
  });

  it('swallows bytes while it is half open, and resets what it damaged when it is healed', async () => {
    const caller = await call();
    const applied = proxy.apply({ kind: 'half_open' });
    caller.socket.write('lost');
    await sleep(SHORT_MS);
    expect([received, caller.socket.destroyed]).toEqual(['', false]);
    expect(applied.heal()).toBe(1);
    await expect.poll(caller.errorCode).toBe('ECONNRESET');
    expect(received).toBe('');
  });

  it('resets a damaged connection that its server has ended meanwhile', async () => {
    const caller = await call();
    await send(caller, 'ping');
    caller.socket.end();
    await sleep(DELAY_MS / 2);
    const applied = proxy.apply({ kind: 'half_open' });
    await sleep(3 * DELAY_MS);
    expect([caller.text(), proxy.connections()]).toEqual(['', 1]);
    expect(applied.heal()).toBe(1);
    await expect.poll(caller.errorCode).toBe('ECONNRESET');
    await expect.poll(proxy.connections).toBe(0);
  });

  it('limits the bandwidth', async () => {
    const caller = await call();
    const applied = proxy.apply({ kind: 'bandwidth', bytesPerSecond: 10_000 });
    const startedAt = performance.now();
    caller.socket.write('x'.repeat(2_000));
    await expect.poll(() => received.length, { interval: 5 }).toBe(2_000);
    expect(performance.now() - startedAt).toBeGreaterThan(180);
    expect(applied.heal()).toBeGreaterThan(0);
  });
});
