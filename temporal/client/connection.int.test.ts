import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectClient } from './connection.ts';

const CLOSED_WITHIN_MS = 5_000;
/** The client waits for about 100 ms before it sends a call again. */
const BEFORE_THE_RETRY_MS = 20;
const AFTER_THE_RETRY_MS = 300;

const sockets = new Set<Socket>();
let server: Server;
/** Whether the server hangs up, so that calls fail and are sent again, or is silent, so that they wait. */
let hangsUp = false;

beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    if (hangsUp) socket.destroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  vi.stubEnv('TEMPORAL_ADDRESS', `127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

describe('a closed connection to Temporal', () => {
  it.each([
    ['waits for a silent server', false],
    ['is about to be sent again', true],
  ])('ends a call that %s, instead of failing the process', async (_state, hanging) => {
    hangsUp = hanging;
    const { client } = connectClient();
    const connected = once(server, 'connection');
    const call = client.workflowService.describeNamespace({ namespace: 'default' }).then(
      () => 'answered',
      () => 'ended',
    );
    await connected;
    await sleep(BEFORE_THE_RETRY_MS);
    await client.connection.close();
    const late = sleep(CLOSED_WITHIN_MS, 'still waiting', { ref: false });
    expect(await Promise.race([call, late])).toBe('ended');
    await sleep(AFTER_THE_RETRY_MS);
  });
});
