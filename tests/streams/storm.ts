import type { StormResults } from '#bench/report/stream-results.ts';
import { until } from '../support/until.ts';
import { startBystander } from './bystander.ts';
import { inMs } from './pushes.ts';
import type { Report } from './stream-clients.ts';
import type { Clients, MeasuredApi } from './stream-studio.ts';

const SETTLED_WITHIN_MS = 180_000;

export interface StormOptions {
  readonly clients: Clients;
  readonly streams: number;
  readonly from: MeasuredApi;
  readonly to: MeasuredApi;
  readonly signal: 'SIGKILL' | 'SIGTERM';
  /** Of a user who has no stream, at the process that the streams move to. */
  readonly token: string;
  /** Runs while streams reconnect. */
  readonly meanwhile: () => Promise<unknown>;
}

export interface Storm {
  readonly results: StormResults;
  /** Of the streams, at the end. */
  readonly report: Report;
  readonly figure: string;
}

/** Ends the process that has all the streams, and waits until another one has them. @throws Error when others are not served meanwhile */
export async function storm(options: StormOptions): Promise<Storm> {
  const { clients, streams, from, to, signal } = options;
  await Promise.all([clients.record(), clients.move(to)]);
  const before = await to.gauge('begin');
  const endBystander = await startBystander(to, options.token);
  const startedAt = performance.now();
  from.child.kill(signal);
  const settled = until(() => areOpenAgain(clients, streams), {
    what: 'every stream is open again',
    timeoutMs: SETTLED_WITHIN_MS,
  }).then(() => (performance.now() - startedAt) / 1_000);
  const [seconds] = await Promise.all([settled, options.meanwhile()]);
  const [{ failures, ...others }, { stretches, cpuMs }] = [await endBystander(), await to.gauge()];
  if (failures.length > 0) throw new Error(`others were not served during the storm: ${failures.join(', ')}`);
  const report = await clients.report();
  const longestWaitSeconds = Math.max(0, ...Object.keys(report.waits).map(Number));
  const results = {
    seconds,
    refused: report.refused['503'] ?? 0,
    longestWaitSeconds,
    cpuMsEach: (cpuMs - before.cpuMs) / streams,
    others,
  };
  const figure = [
    `${streams} reconnects in ${seconds.toFixed(1)} s`,
    `refused ${JSON.stringify(report.refused)}`,
    `waits up to ${longestWaitSeconds} s`,
    `${results.cpuMsEach.toFixed(1)} ms of CPU each`,
    `event loop turns every ${stretches!.longestMs.toFixed(0)} ms`,
    `another user connects in ${inMs(others.connectMs)}, and has answers in ${inMs(others.newConnectionMs)}`,
    `on an open connection in ${inMs(others.openConnectionMs)}`,
  ].join(', ');
  return { results, report, figure };
}

/** Clients notice the end of their streams after a moment: until then, all of them are open still. */
async function areOpenAgain(clients: Clients, streams: number): Promise<boolean> {
  const { live, snapshots } = await clients.report();
  return live === streams && snapshots >= streams;
}
