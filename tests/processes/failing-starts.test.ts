import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOWHERE, openServiceEnvironment, type ServiceEnvironment } from './service-environment.ts';

const [API, WORKER, WEB] = ['api/server.ts', 'temporal/worker/worker.ts', 'web/server.ts'];
/** A start of one process takes a second or two of a core; here are many at once. */
const TIMEOUT_MS = 90_000;
/** The SDK tries for ten seconds. */
const SIGTERM_HEARD_WITHIN_MS = 5_000;

let service: ServiceEnvironment;
/** Takes a port, and whatever connects to it is never answered. */
let blackHole: Server;
let taken: string;
const swallowed = new Set<Socket>();

beforeAll(async () => {
  service = await openServiceEnvironment();
  blackHole = createServer((socket) => void swallowed.add(socket.on('error', () => undefined)));
  await once(blackHole.listen(0, '127.0.0.1'), 'listening');
  taken = String((blackHole.address() as AddressInfo).port);
  await writeFile(join(service.folder, 'no-key.pem'), 'nothing of the kind');
});
afterAll(async () => {
  for (const socket of swallowed) socket.destroy();
  blackHole.close();
  await service.close();
});

type Change = (service: ServiceEnvironment) => NodeJS.ProcessEnv;
const url = (change: Partial<URL>): Change => {
  return ({ env }) => ({ DATABASE_URL: Object.assign(new URL(env['DATABASE_URL'] ?? ''), change).href });
};
const wrongPassword = url({ password: 'wrong' });
const noKey: Change = ({ folder }) => ({ GCS_PRIVATE_KEY_FILE: join(folder, 'no-key.pem') });

const STARTS: readonly (readonly [program: string, what: string, change: Change, message: RegExp])[] = [
  [WORKER, 'a wrong variable', () => ({ METRICS_PORT: 'x' }), /METRICS_PORT/u],
  [WORKER, 'its metrics port taken', () => ({ METRICS_PORT: taken }), /can't listen on 127\.0\.0\.1:\d+.*EADDRINUSE/u],
  [WORKER, 'a wrong password', wrongPassword, /Postgres \(DATABASE_URL\) refuses.*password/u],
  [WORKER, 'no key in the file', noKey, /GCS_PRIVATE_KEY_FILE/u],
  [WORKER, 'no such bucket', () => ({ GCS_BUCKET: 'nowhere' }), /Cloud Storage \(GCS_BUCKET\) refuses.*404/u],
  [WORKER, 'Temporal away', () => ({ TEMPORAL_ADDRESS: NOWHERE }), /Temporal can't be reached at 127\.0\.0\.1:1/u],
  [WORKER, 'no such namespace', () => ({ TEMPORAL_NAMESPACE: 'nowhere' }), /no namespace "nowhere"/u],
  [WORKER, 'no place for its bundle', noBundleFolder, /workflow bundle/u],
  [API, 'its port taken', () => ({ API_PORT: taken }), /can't listen on 127\.0\.0\.1:\d+.*EADDRINUSE/u],
  [API, 'no such database', url({ pathname: '/nowhere' }), /Postgres \(DATABASE_URL\) refuses.*"nowhere"/u],
  [API, 'no key for demo tokens', () => ({ AUTH_PRIVATE_KEY_FILE: '/nowhere' }), /AUTH_PRIVATE_KEY_FILE/u],
  [API, 'no such bucket', () => ({ GCS_BUCKET: 'nowhere' }), /Cloud Storage \(GCS_BUCKET\) refuses.*404/u],
  [API, 'no such namespace', () => ({ TEMPORAL_NAMESPACE: 'nowhere' }), /no namespace "nowhere"/u],
  [WEB, 'a wrong variable', () => ({ API_URL: 'x' }), /API_URL/u],
  [WEB, 'its port taken', () => ({ WEB_PORT: taken }), /can't listen on 127\.0\.0\.1:\d+.*EADDRINUSE|not built/u],
  ['drizzle/migrate.ts', 'no database', () => ({ DATABASE_OWNER_URL: '' }), /^DATABASE_OWNER_URL/u],
  ['drizzle/seed.ts', 'its database away', () => ({ DATABASE_OWNER_URL: `postgres://a:b@${NOWHERE}/c` }), /REFUSED/u],
];

function noBundleFolder({ folder }: ServiceEnvironment): NodeJS.ProcessEnv {
  return { WORKFLOW_BUNDLE_DIR: join(folder, 'no-key.pem', 'bundles') };
}

describe.concurrent('a start that fails', { timeout: TIMEOUT_MS }, () => {
  it.each(STARTS)('%s with %s ends with 1 and one plain message', async (program, _what, change, message) => {
    const { child, ended } = service.run([program], change(service));
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => void (complaint += chunk.toString()));
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(complaint).toMatch(message);
    expect(complaint).not.toMatch(/^\s+at /mu);
    expect(complaint.match(/can't start|failed:/gu)?.length ?? 1).toBe(1);
  });
});

describe('a start that waits', () => {
  it('for a silent Temporal hears SIGTERM at once', async () => {
    const asked = once(blackHole, 'connection');
    const { child, ended } = service.run([WORKER], { TEMPORAL_ADDRESS: `127.0.0.1:${taken}` });
    await asked;
    const told = performance.now();
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - told).toBeLessThan(SIGTERM_HEARD_WITHIN_MS);
  });
});
