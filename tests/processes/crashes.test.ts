import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceEnvironment, type ServiceEnvironment } from './service-environment.ts';

const TIMEOUT_MS = 90_000;
const ON_SIGNAL = `const onSignal = (act) => process.once('SIGUSR2', act);`;
const THROW = `${ON_SIGNAL} onSignal(() => { throw new Error('boom'); });`;
const REJECT = `${ON_SIGNAL} onSignal(() => void Promise.reject(new Error('boom')));`;
/** Makes one of several workers fail, as the server can do. */
const FAIL_ONE_WORKER = `${ON_SIGNAL}
  import { createRequire } from 'node:module';
  const { Worker } = createRequire(process.cwd() + '/')('@temporalio/worker');
  const { run } = Worker.prototype;
  Worker.prototype.run = async function () {
    if (!this.options.taskQueue.startsWith('avatar-webhooks')) return run.call(this);
    onSignal(() => this.shutdown());
    await run.call(this);
    throw new Error('boom');
  };`;

let service: ServiceEnvironment;

beforeAll(async () => {
  service = await openServiceEnvironment();
});
afterAll(() => service.close());

describe.concurrent('a process that fails while it runs', { timeout: TIMEOUT_MS }, () => {
  it.each([
    ['api/server.ts', /the API is listening/u, 'an uncaught exception', THROW, /^The API failed: boom$/mu],
    ['temporal/worker/worker.ts', /worker ready/u, 'an unhandled rejection', REJECT, /^The worker failed: boom$/mu],
    [
      'temporal/worker/worker.ts',
      /worker ready/u,
      'the failure of one of its workers',
      FAIL_ONE_WORKER,
      /failed: The worker .*: boom$/mu,
    ],
  ])(
    '%s (ready: %s) shuts down in order and exits with 1 after %s',
    async (program, ready, _failure, preload, message) => {
      const running = service.run(['--import', `data:text/javascript,${encodeURIComponent(preload)}`, program]);
      await running.waitForOutput(ready);
      running.child.kill('SIGUSR2');
      expect(await running.ended).toEqual({ code: 1, signal: null });
      expect(running.output()).toMatch(message);
      expect(running.output()).toContain('"level":60');
      expect(running.output()).not.toContain('did not shut down within');
    },
  );
});
