import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { createLog } from '../log.ts';
import type { Listening } from '#drizzle/connection/listen.ts';
import { listenForChanges, type Change } from './change-listener.ts';

const given = useDatabase();
/** Half-open connections are found by asking; giving up on an answer takes the listener's own 5 s. */
const LIVENESS_MS = 100;

/** The way to the database, which a test can close or fill with silence. */
const way = { open: true, links: new Set<Socket[]>() };
let proxy: Server;
let listener: Listening;
const heard: Change[] = [];
const counts = { connected: 0, lost: 0 };

function silence(): void {
  for (const link of way.links) for (const socket of link) socket.unpipe().pause();
}

beforeAll(async () => {
  const target = new URL(given.urls.url);
  proxy = createServer((near) => {
    if (!way.open) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    const link = [near, far];
    way.links.add(link);
    near.pipe(far).pipe(near);
    for (const socket of link) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        way.links.delete(link);
        for (const other of link) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const through = new URL(given.urls.url);
  through.hostname = '127.0.0.1';
  through.port = String((proxy.address() as AddressInfo).port);
  listener = listenForChanges({
    connectionString: through.href,
    log: createLog('silent'),
    onChange: (change) => void heard.push(change),
    onConnected: () => void (counts.connected += 1),
    onLost: () => void (counts.lost += 1),
    livenessMs: LIVENESS_MS,
  });
});
afterAll(async () => {
  await listener.close();
  for (const link of way.links) for (const socket of link) socket.destroy();
  await new Promise((resolve) => proxy.close(resolve));
});

const say = (accountId: string) =>
  given.owner.query(`SELECT pg_notify('credits', $1)`, [JSON.stringify({ accountId })]);
const hears = async (accountId: string) => {
  await expect.poll(() => heard).toContainEqual({ channel: 'credits', accountId });
};
const connectedTimes = async (times: number) => {
  await expect.poll(() => counts.connected).toBe(times);
};

describe('the listener', () => {
  it('hears what the database says', async () => {
    await connectedTimes(1);
    await say('a');
    await hears('a');
    expect(counts.lost).toBe(0);
  });

  it('notices that its connection fell silent, and makes another', async () => {
    silence();
    await connectedTimes(2);
    await say('b');
    await hears('b');
    expect(counts.lost).toBe(1);
  });

  it('comes back after the database was away for a while', async () => {
    way.open = false;
    for (const link of way.links) for (const socket of link) socket.destroy();
    await expect.poll(() => counts.lost).toBeGreaterThan(3);
    way.open = true;
    await connectedTimes(3);
    await say('c');
    await hears('c');
  });

  it('leaves a session that has become read-only, as on a demoted primary, and takes none that begins so', async () => {
    const [url, name] = [new URL(given.urls.url), new URL(given.urls.url).pathname.slice(1)];
    await given.owner.query(`ALTER ROLE ${url.username} IN DATABASE ${name} SET default_transaction_read_only = on`);
    const { connected, lost } = counts;
    await listener.query(`SELECT set_config('default_transaction_read_only', 'on', false)`, []);
    await expect.poll(() => counts.lost).toBeGreaterThan(lost + 1);
    expect(counts.connected).toBe(connected);
    await given.owner.query(`ALTER ROLE ${url.username} IN DATABASE ${name} RESET default_transaction_read_only`);
    await connectedTimes(connected + 1);
    await say('r');
    await hears('r');
  });

  it('passes over what it does not understand', async () => {
    await given.owner.query(`SELECT pg_notify('credits', 'gibberish')`);
    await say('d');
    await hears('d');
    expect(heard).toHaveLength(5);
  });

  it('does not come back once it is closed', async () => {
    await listener.close();
    const { connected } = counts;
    await given.owner.query('SELECT pg_sleep(0.5)');
    expect(counts.connected).toBe(connected);
    expect(way.links.size).toBe(0);
  });
});
