import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebApp } from '#web/server/create-web-app.ts';
import { serveApi, type ServedApi } from '../api/serve-api.ts';
import { testApi } from '../api/test-api.ts';

const LIMIT = 5;
const studio = testApi({ requestsPerMinute: LIMIT });
let web: Server;
let direct: ServedApi;

beforeAll(async () => {
  web = createWebApp({ distDir: 'nowhere', apiUrl: studio.address, imageOrigins: ['http://images.test'] }).listen(
    0,
    '127.0.0.1',
  );
  await once(web, 'listening');
  const { fixture, workflows, store } = studio;
  const { database, urls } = fixture;
  const deps = { database, listenUrl: urls.url, workflows, store, requestsPerMinute: LIMIT };
  direct = await serveApi({ ...deps, trustedProxies: ['192.0.2.1'] });
});
afterAll(async () => {
  web.close();
  web.closeAllConnections();
  await direct.stop();
});

/** Sends more requests than one client may, each with another forged address. @returns their statuses */
async function sendWithForgedAddresses(address: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let client = 1; client <= LIMIT + 2; client += 1) {
    const headers = { 'X-Forwarded-For': `203.0.113.${client}`, Forwarded: `for=203.0.113.${client}` };
    const response = await fetch(`${address}/api/v1/plugin`, { headers });
    await response.body?.cancel();
    statuses.push(response.status);
  }
  return statuses;
}

describe('a client that forges its address', () => {
  const allowedOnce = [...Array<number>(LIMIT).fill(200), 429, 429];

  it('counts as one client for the rate limit, through the web server and directly at an API that does not trust it', async () => {
    expect(await sendWithForgedAddresses(`http://127.0.0.1:${(web.address() as AddressInfo).port}`)).toEqual(
      allowedOnce,
    );
    await studio.fixture.owner.query('DELETE FROM rate_limits');
    expect(await sendWithForgedAddresses(direct.address)).toEqual(allowedOnce);
    const { rows } = await studio.fixture.owner.query('SELECT key FROM rate_limits');
    expect(rows).toEqual([{ key: 'default:address 127.0.0.1' }]);
  });
});
