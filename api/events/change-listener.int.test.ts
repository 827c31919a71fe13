import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { createLog } from '#process/log.ts';
import type { Listening } from '#drizzle/connection/listen.ts';
import { listenForChanges, type Change } from './change-listener.ts';

const given = useDatabase();
/** How often the listener checks its connection; a check without a reply fails after the listener's own 5 s. */
const LIVENESS_MS = 100;

/** The proxy in front of the database, which a test can close or silence. */
const proxied = { open: true, links: new Set<Socket[]>() };
let proxy: Server;
let listener: Listening;
const received: Change[] = [];
const counts = { connected: 0, lost: 0 };

function silence(): void {
  for (const link of proxied.links) for (const socket of link) socket.unpipe().pause();
}

beforeAll(async () => {
  const target = new URL(given.urls.url);
  proxy = createServer((near) => {
    if (!proxied.open) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    const link = [near, far];
    proxied.links.add(link);
    near.pipe(far).pipe(near);
    for (const socket of link) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        proxied.links.delete(link);
        for (const other of link) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const proxyUrl = new URL(given.urls.url);
  proxyUrl.hostname = '127.0.0.1';
  proxyUrl.port = String((proxy.address() as AddressInfo).port);
  listener = listenForChanges({
    connectionString: proxyUrl.href,
    log: createLog('api', 'silent'),
    onChange: (change) => void received.push(change),
    onConnected: () => void (counts.connected += 1),
    onLost: () => void (counts.lost += 1),
    livenessMs: LIVENESS_MS,
  });
});
afterAll(async () => {
  await listener.close();
  for (const link of proxied.links) for (const socket of link) socket.destroy();
  await new Promise((resolve) => proxy.close(resolve));
});

const notify = (accountId: string) =>
  given.owner.query(`SELECT pg_notify('credits', $1)`, [JSON.stringify({ accountId })]);
const expectReceived = async (accountId: string) => {
  await expect.poll(() => received).toContainEqual({ channel: 'credits', accountId });
};
const expectConnections = async (times: number) => {
  await expect.poll(() => counts.connected).toBe(times);
};

describe('the change listener', () => {
  it('receives notifications of the database', async () => {
    await expectConnections(1);
    await notify('a');
    await expectReceived('a');
    expect(counts.lost).toBe(0);
  });

  it('replaces a connection that no longer responds', async () => {
    silence();
    await expectConnections(2);
    await notify('b');
    await expectReceived('b');
    expect(counts.lost).toBe(1);
  });

  it('reconnects after the database was unreachable', async () => {
    proxied.open = false;
    for (const link of proxied.links) for (const socket of link) socket.destroy();
    await expect.poll(() => counts.lost).toBeGreaterThan(3);
    proxied.open = true;
    await expectConnections(3);
    await notify('c');
    await expectReceived('c');
  });

  it('closes a session that becomes read-only, as on a demoted primary, and accepts none that starts read-only', async () => {
    const [url, name] = [new URL(given.urls.url), new URL(given.urls.url).pathname.slice(1)];
    await given.owner.query(`ALTER ROLE ${url.username} IN DATABASE ${name} SET default_transaction_read_only = on`);
    const { connected, lost } = counts;
    await listener.query(`SELECT set_config('default_transaction_read_only', 'on', false)`, []);
    await expect.poll(() => counts.lost).toBeGreaterThan(lost + 1);
    expect(counts.connected).toBe(connected);
    await given.owner.query(`ALTER ROLE ${url.username} IN DATABASE ${name} RESET default_transaction_read_only`);
    await expectConnections(connected + 1);
    await notify('r');
    await expectReceived('r');
  });

  it('ignores a notification that it cannot parse', async () => {
    await given.owner.query(`SELECT pg_notify('credits', 'gibberish')`);
    await notify('d');
    await expectReceived('d');
    expect(received).toHaveLength(5);
  });

  it('does not reconnect once it is closed', async () => {
    await listener.close();
    const { connected } = counts;
    await given.owner.query('SELECT pg_sleep(0.5)');
    expect(counts.connected).toBe(connected);
    expect(proxied.links.size).toBe(0);
  });
});
