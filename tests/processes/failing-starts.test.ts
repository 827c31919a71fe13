import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../support/long-run.ts';
import { NOWHERE, openServiceEnvironment, type ServiceEnvironment } from './service-environment.ts';

const [API, WORKER, WEB] = ['api/server.ts', 'temporal/worker/worker.ts', 'web/server.ts'];
/** Starting a process takes a second or two of CPU, and many start at once. */
const TIMEOUT_MS = 240_000;
/** Below the ten seconds for which the SDK tries to connect. */
const SIGTERM_TIMEOUT_MS = 9_000;

let service: ServiceEnvironment;
/** Accepts connections and never answers. */
let silentServer: Server;
let takenPort: string;
const openSockets = new Set<Socket>();

beforeAll(async () => {
  service = await openServiceEnvironment();
  silentServer = createServer((socket) => void openSockets.add(socket.on('error', () => undefined)));
  await once(silentServer.listen(0, '127.0.0.1'), 'listening');
  takenPort = String((silentServer.address() as AddressInfo).port);
  await writeFile(join(service.folder, 'no-key.pem'), 'not a key');
});
afterAll(async () => {
  for (const socket of openSockets) socket.destroy();
  silentServer.close();
  await service.close();
});

type Change = (service: ServiceEnvironment) => NodeJS.ProcessEnv;
const url = (change: Partial<URL>): Change => {
  return ({ env }) => ({ DATABASE_URL: Object.assign(new URL(env['DATABASE_URL'] ?? ''), change).href });
};
const wrongPassword = url({ password: 'wrong' });
const noKey: Change = ({ folder }) => ({ GCS_PRIVATE_KEY_FILE: join(folder, 'no-key.pem') });

const STARTS: readonly (readonly [program: string, fault: string, change: Change, message: RegExp])[] = [
  [WORKER, 'a wrong variable', () => ({ METRICS_PORT: 'x' }), /METRICS_PORT/u],
  [
    WORKER,
    'its metrics port taken',
    () => ({ METRICS_PORT: takenPort }),
    /can't listen on 127\.0\.0\.1:\d+.*EADDRINUSE/u,
  ],
  [WORKER, 'a wrong password', wrongPassword, /Postgres \(DATABASE_URL\) refuses.*password/u],
  [WORKER, 'an invalid key file', noKey, /GCS_PRIVATE_KEY_FILE/u],
  [WORKER, 'no such bucket', () => ({ GCS_BUCKET: 'nowhere' }), /Cloud Storage \(GCS_BUCKET\) refuses.*404/u],
  [
    WORKER,
    'Temporal unavailable',
    () => ({ TEMPORAL_ADDRESS: NOWHERE }),
    /Temporal can't be reached at 127\.0\.0\.1:1/u,
  ],
  [WORKER, 'no such namespace', () => ({ TEMPORAL_NAMESPACE: 'nowhere' }), /no namespace "nowhere"/u],
  [WORKER, 'an unusable folder for its bundle', noBundleFolder, /workflow bundle/u],
  [API, 'a wrong variable', () => ({ API_PORT: 'x' }), /API_PORT/u],
  [API, 'its port taken', () => ({ API_PORT: takenPort }), /can't listen on 127\.0\.0\.1:\d+.*EADDRINUSE/u],
  [API, 'no such database', url({ pathname: '/nowhere' }), /Postgres \(DATABASE_URL\) refuses.*"nowhere"/u],
  [API, 'no key for demo tokens', () => ({ AUTH_PRIVATE_KEY_FILE: '/nowhere' }), /AUTH_PRIVATE_KEY_FILE/u],
  [API, 'no such bucket', () => ({ GCS_BUCKET: 'nowhere' }), /Cloud Storage \(GCS_BUCKET\) refuses.*404/u],
  [API, 'no such namespace', () => ({ TEMPORAL_NAMESPACE: 'nowhere' }), /no namespace "nowhere"/u],
  [WEB, 'a wrong variable', () => ({ API_URL: 'x' }), /API_URL/u],
  [WEB, 'its port taken', () => ({ WEB_PORT: takenPort }), /can't listen on 127\.0\.0\.1:\d+.*EADDRINUSE|not built/u],
  ['drizzle/migrate/migrate.ts', 'no database', () => ({ DATABASE_OWNER_URL: '' }), /^DATABASE_OWNER_URL/u],
  [
    'drizzle/seed.ts',
    'its database unavailable',
    () => ({ DATABASE_OWNER_URL: `postgres://a:b@${NOWHERE}/c` }),
    /REFUSED/u,
  ],
];

function noBundleFolder({ folder }: ServiceEnvironment): NodeJS.ProcessEnv {
  return { WORKFLOW_BUNDLE_DIR: join(folder, 'no-key.pem', 'bundles') };
}

/** One in three, and all of the small programs. */
const TRIED = rowsOf('matrices', STARTS, ([program], index) => index % 3 === 0 || program.startsWith('drizzle/'));

describe.concurrent('a process that cannot start', { timeout: TIMEOUT_MS }, () => {
  it.each(TRIED)(
    '%s with %s exits with 1 and prints one message without a stack trace',
    async (program, _fault, change, message) => {
      const { child, ended } = service.run([program], change(service));
      let errorOutput = '';
      child.stderr?.on('data', (chunk: Buffer) => void (errorOutput += chunk.toString()));
      expect(await ended).toEqual({ code: 1, signal: null });
      expect(errorOutput).toMatch(message);
      expect(errorOutput).not.toMatch(/^\s+at /mu);
      expect(errorOutput.match(/can't start|failed:/gu)?.length ?? 1).toBe(1);
    },
  );
});

describe('a worker that waits for a silent Temporal server', () => {
  it('exits at once on SIGTERM', async () => {
    const connected = once(silentServer, 'connection');
    const { child, ended } = service.run([WORKER], { TEMPORAL_ADDRESS: `127.0.0.1:${takenPort}` });
    let errorOutput = '';
    child.stderr?.on('data', (chunk: Buffer) => void (errorOutput += chunk.toString()));
    await connected;
    const signaledAt = performance.now();
    child.kill('SIGTERM');
    expect({ ...(await ended), errorOutput }).toEqual({ code: 0, signal: null, errorOutput: '' });
    expect(performance.now() - signaledAt).toBeLessThan(SIGTERM_TIMEOUT_MS);
  });
});
