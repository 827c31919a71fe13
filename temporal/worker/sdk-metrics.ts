import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { RuntimeOptions } from '@temporalio/worker';

type MetricsOptions = NonNullable<NonNullable<RuntimeOptions['telemetryOptions']>['metrics']>;

/** Prometheus' scrape timeout is ten seconds; ours must not wait for those of the SDK. */
const READ_TIMEOUT_MS = 2_000;
const LOOPBACK = '127.0.0.1';

/** The metrics of the Temporal SDK: schedule-to-start times, slots, the cache of workflows, failures. */
export interface SdkMetrics {
  /** For `Runtime.install`. */
  readonly options: MetricsOptions;
  /** The metrics as text; empty when they can't be read. */
  read(): Promise<string>;
}

/** The SDK serves its metrics itself: on a free port of loopback, from which the worker adds them to its own. */
export async function createSdkMetrics(): Promise<SdkMetrics> {
  const bindAddress = `${LOOPBACK}:${await freePort()}`;
  return {
    options: { prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true } },
    async read() {
      const url = `http://${bindAddress}/metrics`;
      const answer = await fetch(url, { signal: AbortSignal.timeout(READ_TIMEOUT_MS) }).catch(() => undefined);
      return answer?.ok === true ? answer.text().catch(() => '') : '';
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
