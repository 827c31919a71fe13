import { readFile, utimes } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAddresses } from '#stack/addresses.ts';
import { waitUntil } from '#stack/wait-until.ts';
import { processesMentioning, runProgram, type RunningProgram } from '../support/processes.ts';
import { createDataDir, removeDataDir, testEnvironment } from '../support/temporary-stack.ts';

const START = join(import.meta.dirname, '..', '..', 'stack', 'start.ts');

/** Seven processes start, which takes up to half a minute next to other tests on two cores. */
const TIMEOUT_MS = 300_000;
/** A worker that starts would load a model that nothing here asks. */
const NO_IMAGE_CHECK = { IMAGE_CHECK: 'off' };

let dataDir: string;
let launcher: RunningProgram;

describe('npm start', { timeout: TIMEOUT_MS }, () => {
  let blocker: Server;
  let blockedPort: number;
  beforeEach(async () => {
    dataDir = await createDataDir();
    blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const address = blocker.address();
    blockedPort = typeof address === 'object' && address !== null ? address.port : 0;
    launcher = runProgram(process.execPath, [START], {
      env: {
        ...testEnvironment(),
        DATA_DIR: dataDir,
        API_PORT: String(blockedPort),
        INTERNAL_PORT: '0',
        WEB_PORT: '0',
        METRICS_PORT: '0',
        ...NO_IMAGE_CHECK,
      },
    });
  });
  afterEach(async () => {
    launcher.child.kill('SIGKILL');
    await launcher.ended;
    await new Promise((resolve) => blocker.close(resolve));
    await removeDataDir(dataDir);
  });

  test('prints reachable addresses, restarts a crashed worker, and leaves no process behind on SIGTERM', async () => {
    await launcher.waitForOutput(/Ctrl-C stops everything/);
    const addresses = await readAddresses(dataDir);
    if (addresses === undefined) throw new Error('no addresses were written');
    expect(launcher.output()).toContain(`${addresses.webUrl}/?user=alice`);
    expect(launcher.output()).toContain(`Port ${blockedPort} for the API is in use by another program`);
    for (const url of [addresses.webUrl, `${addresses.webUrl}/api/v1/sign-in-options`, `${addresses.apiUrl}/readyz`]) {
      expect([url, (await fetch(url)).status]).toEqual([url, 200]);
    }
    expect((await fetch(addresses.temporalUiUrl ?? '')).status).toBe(200);

    const { pid } = JSON.parse(await readFile(join(dataDir, 'run', 'worker.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await launcher.waitForOutput(/worker ended unexpectedly \(SIGKILL\), restarting it/);
    await waitUntil(
      { what: 'the new worker answering', timeoutMs: 30_000 },
      async () => (await fetch(addresses.workerMetricsUrl)).ok,
    );

    launcher.child.kill('SIGTERM');
    expect(await launcher.ended).toEqual({ code: 0, signal: null });
    expect(await processesMentioning(dataDir)).toEqual([]);
    expect(await readAddresses(dataDir)).toBeUndefined();
  });

  test('leaves no process behind when it is interrupted during its start', async () => {
    await launcher.waitForOutput(/Temporal: /);
    launcher.child.kill('SIGINT');
    expect(await launcher.ended).toEqual({ code: 130, signal: null });
    expect(launcher.output()).not.toContain("can't run");
    expect(await processesMentioning(dataDir)).toEqual([]);
  });
});

describe('a launcher that fails', { timeout: TIMEOUT_MS }, () => {
  const FAIL_ON_SIGNAL = "process.once('SIGUSR2', () => void Promise.reject(new Error('boom')))";

  test('ends the processes it has started, and prints the reason', async () => {
    dataDir = await createDataDir();
    const args = ['--import', `data:text/javascript,${encodeURIComponent(FAIL_ON_SIGNAL)}`, START];
    launcher = runProgram(process.execPath, args, { env: { ...testEnvironment(), DATA_DIR: dataDir } });
    try {
      await launcher.waitForOutput(/Temporal: /);
      launcher.child.kill('SIGUSR2');
      expect(await launcher.ended).toEqual({ code: 1, signal: null });
      expect(launcher.output()).toContain("Avatar Studio can't run: boom");
      expect(await processesMentioning(dataDir)).toEqual([]);
    } finally {
      launcher.child.kill('SIGKILL');
      await launcher.ended;
      await removeDataDir(dataDir);
    }
  });
});

describe('npm run dev', { timeout: TIMEOUT_MS }, () => {
  beforeEach(async () => {
    dataDir = await createDataDir();
    launcher = runProgram(process.execPath, [START, '--watch'], {
      env: {
        ...testEnvironment(),
        DATA_DIR: dataDir,
        API_PORT: '0',
        INTERNAL_PORT: '0',
        WEB_PORT: '0',
        METRICS_PORT: '0',
        ...NO_IMAGE_CHECK,
      },
    });
  });
  afterEach(async () => {
    launcher.child.kill('SIGKILL');
    await launcher.ended;
    await removeDataDir(dataDir);
  });

  test('serves the page from its sources, restarts API and worker when their sources change, and leaves no process behind', async () => {
    await launcher.waitForOutput(/Ctrl-C stops everything/);
    const addresses = await readAddresses(dataDir);
    if (addresses === undefined) throw new Error('no addresses were written');
    expect(await (await fetch(addresses.webUrl)).text()).toContain('/@vite/client');
    expect((await fetch(`${addresses.webUrl}/app/main.tsx`)).status).toBe(200);
    expect((await fetch(`${addresses.webUrl}/api/v1/sign-in-options`)).status).toBe(200);

    await touch('api/health/routes.ts');
    await logged('api', /Restarting[^]*the API is listening/);
    await touch('workflows/generate-avatar/state.ts');
    await logged('worker', /Restarting[^]*worker ready/);

    launcher.child.kill('SIGTERM');
    expect(await launcher.ended).toEqual({ code: 0, signal: null });
    expect(await processesMentioning(dataDir)).toEqual([]);
  });

  /** Updates a file's times, as saving it in an editor does. */
  async function touch(source: string): Promise<void> {
    const now = new Date();
    await utimes(join(import.meta.dirname, '..', '..', source), now, now);
  }

  async function logged(service: string, pattern: RegExp): Promise<void> {
    await waitUntil({ what: `${service} logging ${pattern.source}`, timeoutMs: 60_000 }, async () =>
      pattern.test(await readFile(join(dataDir, 'logs', `${service}.log`), 'utf8')),
    );
  }
});
