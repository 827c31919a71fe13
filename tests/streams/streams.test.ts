import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spreadOf } from '#bench/report/statistics.ts';
import { SSE_HEARTBEAT_MS } from '#contract/heartbeat.ts';
import { release } from '#drizzle/ledger/release.ts';
import { reserve } from '#drizzle/ledger/reserve.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';
import { createRandomStream } from '#illustrator/person/seeded-random.ts';
import { DEADLINE_MS, requested } from '../support/database/world.ts';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { until } from '../support/until.ts';
import type { Gauge } from './preload-gauge.ts';
import { monotonicMs, type Received } from './stream-clients.ts';
import { openStreamStudio, type Clients, type MeasuredApi, type StreamStudio } from './stream-studio.ts';

const long = readLongRun('streams');
const STREAMS = long ? 10_000 : 300;
/** Two streams each. */
const ACCOUNTS = STREAMS / 2;
/** Of them, so many have a stream at the other process as well. */
const AT_BOTH = long ? 100 : 10;
/** So that code is loaded and compiled before memory is measured. */
const WARM_UP = 100;
const SOME = 2_000;
const OPENED_PER_SECOND = 200;
const IDLE_MS = long ? 2 * SSE_HEARTBEAT_MS : 3_000;
/** In this time. */
const HEARTBEATS_MIN = Math.floor(IDLE_MS / SSE_HEARTBEAT_MS / 2) * STREAMS;
/** Opening, idling and the storm take the other minutes. */
const PUSH_SECONDS = long ? Math.max(30, (long.minutes - 3) * 60) : 3;
const PUSHED_PER_SECOND = long ? 50 : 20;
/** The goal. */
const BYTES_A_STREAM_MAX = 20 * 1_000;
/** What a busy machine may make of a push that takes some ms on a quiet one. */
const PUSH_P99_MAX_MS = 10_000;
const SETTLED_WITHIN_MS = 180_000;
const TIMEOUT_MS = 20 * 60_000;

let studio: StreamStudio;
let first: MeasuredApi;
let second: MeasuredApi;
let clients: Clients;
let atSecond: Clients;
let accountIds: string[];
const random = createRandomStream(long?.seed ?? 1, 'pushed accounts');

beforeAll(async () => {
  studio = await openStreamStudio(ACCOUNTS, STREAMS + AT_BOTH);
  [first, second] = await Promise.all([studio.startApi(), studio.startApi()]);
  clients = studio.startClients();
  atSecond = studio.startClients();
});
afterAll(() => studio?.close());

const perStream = (from: Gauge, to: Gauge, streams: number) => ({
  heap: (to.heapBytes - from.heapBytes) / streams,
  resident: (to.rssBytes - from.rssBytes) / streams,
});
const inKb = (bytes: number) => `${(bytes / 1_000).toFixed(1)} KB`;

/** Tops up accounts at a fixed rate. @returns when each was asked for, by account and new balance */
async function push(seconds: number, among: readonly string[]): Promise<Map<string, number>> {
  const sentAt = new Map<string, number>();
  const balances = new Map(await readBalances());
  const startedAt = monotonicMs();
  const all = Array.from({ length: seconds * PUSHED_PER_SECOND }, async (_, index) => {
    await sleep(Math.max(0, startedAt + (index * 1_000) / PUSHED_PER_SECOND - monotonicMs()));
    const accountId = random.pick(among as [string, ...string[]]);
    balances.set(accountId, balances.get(accountId)! + 1);
    sentAt.set(`${accountId} ${balances.get(accountId)}`, monotonicMs());
    await topup(studio.database, { accountId, amount: 1, reference: randomUUID() });
  });
  await Promise.all(all);
  return sentAt;
}

async function readBalances(): Promise<[string, number][]> {
  const rows = await studio.database.call<{ id: string; posted: number }>(
    'streams.balances',
    'SELECT id, posted::int AS posted FROM accounts',
    [],
  );
  return rows.map(({ id, posted }) => [id, posted]);
}

/** Which streams show another balance than their account has. */
async function outdated(of: Clients, accountOf: (stream: number) => string): Promise<number[]> {
  const balances = new Map(await readBalances());
  const { posted } = await of.report();
  return posted.flatMap((balance, stream) => (balance === balances.get(accountOf(stream)) ? [] : [stream]));
}

/** From the request of a change, so including its commit, to the event at the client, ms. */
function latencies(sentAt: ReadonlyMap<string, number>, received: readonly Received[]): number[] {
  return received.flatMap(({ stream, atMs, name, data }) => {
    const posted = name === 'credits' ? (JSON.parse(data) as { posted: number }).posted : undefined;
    const sent = sentAt.get(`${accountAt(stream)} ${posted}`);
    return sent === undefined ? [] : [atMs - sent];
  });
}

const accountAt = (stream: number) => accountIds[stream % ACCOUNTS]!;

describe(`${STREAMS} event streams of ${ACCOUNTS} accounts`, { timeout: TIMEOUT_MS }, () => {
  it('take at most 20 KB each of one API process', async () => {
    const { tokens } = studio;
    const all = [...tokens, ...tokens];
    await clients.open(first, all.slice(0, WARM_UP), OPENED_PER_SECOND);
    const empty = await first.gauge();
    const some = Math.min(SOME, STREAMS);
    await clients.open(first, all.slice(WARM_UP, some), OPENED_PER_SECOND);
    const gauges = [{ streams: some, gauge: await first.gauge() }];
    if (some < STREAMS) {
      await clients.open(first, all.slice(some), OPENED_PER_SECOND);
      gauges.push({ streams: STREAMS, gauge: await first.gauge() });
    }
    accountIds = await studio.readAccountIds();
    for (const { streams, gauge } of gauges) {
      const { heap, resident } = perStream(empty, gauge, streams - WARM_UP);
      reportFigure(`${streams} streams: ${inKb(heap)} of heap each, ${inKb(resident)} resident`);
      expect(heap).toBeLessThan(BYTES_A_STREAM_MAX);
    }
    const { live } = await clients.report();
    expect(live).toBe(STREAMS);
  });

  it('hold one lock for each process, not for each stream', async () => {
    await atSecond.open(second, studio.tokens.slice(0, AT_BOTH), OPENED_PER_SECOND);
    const { locks } = await studio.observe<{ locks: number }>(
      `SELECT count(*)::int AS locks FROM pg_locks JOIN pg_database ON oid = database
         WHERE locktype = 'advisory' AND datname = $1`,
      [studio.databaseName],
    );
    expect(locks).toBe(2);
    const [slots] = await studio.database.call<{ slots: number }>(
      'streams.slots',
      'SELECT count(*)::int AS slots FROM stream_slots',
      [],
    );
    expect(slots!.slots).toBe(STREAMS + AT_BOTH);
  });

  it('cost no statement while nothing changes', async () => {
    await clients.record();
    const { now } = await studio.observe<{ now: Date }>('SELECT now()', []);
    const before = await first.gauge('begin');
    await sleep(IDLE_MS);
    const after = await first.gauge();
    const { statements, checks } = await studio.observe<{ statements: number; checks: number }>(
      `SELECT count(*) FILTER (WHERE NOT is_check)::int AS statements, count(*) FILTER (WHERE is_check)::int AS checks
         FROM (SELECT query LIKE '%transaction_read_only%' AND application_name LIKE '% listener' AS is_check FROM pg_stat_activity
           WHERE datname = $1 AND application_name LIKE 'avatar-studio api%' AND query_start > $2) AS run`,
      [studio.databaseName, now],
    );
    const { heartbeats, received } = await clients.report();
    const cpu = ((after.cpuMs - before.cpuMs) / IDLE_MS) * 100;
    const { longestMs } = after.stretches!;
    reportFigure(
      `idle: ${statements} statements and ${checks} checks of connections in ${IDLE_MS / 1_000} s, ${cpu.toFixed(1)} % of a core, event loop turns every ${longestMs.toFixed(0)} ms`,
    );
    expect(statements).toBe(0);
    // Each process checks its listening session every 20 seconds.
    expect(checks).toBeLessThanOrEqual(2);
    expect(received).toEqual([]);
    // Each stream gets one in 15 seconds.
    expect(heartbeats).toBeGreaterThanOrEqual(HEARTBEATS_MIN);
  });

  it('each get what changes of their account, soon', async () => {
    await clients.record();
    await first.gauge('begin');
    const sentAt = await push(PUSH_SECONDS, accountIds);
    await until(async () => (await outdated(clients, accountAt)).length === 0, { what: 'the last push' });
    const { stretches } = await first.gauge();
    const { received } = await clients.report();
    const measured = latencies(sentAt, received);
    const { p50, p99 } = spreadOf(measured);
    reportFigure(
      `${sentAt.size} changes pushed to ${measured.length} streams: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, event loop turns every ${stretches!.longestMs.toFixed(0)} ms`,
    );
    expect(p99).toBeLessThan(PUSH_P99_MAX_MS);
    // Two streams each, but for changes of one account that were read together.
    expect(measured.length).toBeGreaterThan(sentAt.size);
  });

  it('show the same events in the same order at two processes', async () => {
    await Promise.all([clients.record(), atSecond.record()]);
    const some = accountIds.slice(0, AT_BOTH);
    const eventsOf = async (of: Clients, count: number) => {
      const { received } = await of.report();
      const events = received.filter(({ stream, name }) => stream < count && name !== 'queue');
      return Map.groupBy(events.map(comparable), ({ stream }) => stream);
    };
    /** Until each stream of both has one event more of this name, so that no two steps are read together. */
    const seen = (name: string, times: number) =>
      until(
        async () => {
          const both = await Promise.all([clients, atSecond].map((of) => eventsOf(of, AT_BOTH)));
          return both.every(
            (events) =>
              events.size === AT_BOTH &&
              [...events.values()].every((of) => of.filter((event) => event.name === name).length === times),
          );
        },
        { what: `${times} events ${name} at both processes` },
      );
    const generations = await Promise.all(
      some.map(async (id) => {
        const projectId = randomUUID();
        await createProject(studio.database, { id: projectId, accountId: id, name: 'Faces', description: '' });
        const account = { id, tier: 'pro' } as never;
        return (await requested(studio.database, { account, projectId })).id;
      }),
    );
    const each = (step: (id: string) => Promise<unknown>) => Promise.all(generations.map(step));
    await each((generationId) => reserve(studio.database, { generationId, deadlineMs: DEADLINE_MS }));
    await seen('generation', 1);
    await each((id) => markProcessing(studio.database, id, { stage: 'generating' }));
    await seen('generation', 2);
    const failure = { code: 'internal', message: 'broken' } as const;
    await each((generationId) => release(studio.database, { generationId, status: 'failed', failure }));
    await seen('notification', 1);
    const [here, there] = await Promise.all([eventsOf(clients, AT_BOTH), eventsOf(atSecond, AT_BOTH)]);
    expect(there).toEqual(here);
    reportFigure(`${[...here.values()].flat().length} events of ${AT_BOTH} accounts alike at two processes`);
  });

  it('are served by another process, spread over time, when theirs dies', async () => {
    await Promise.all([clients.record(), clients.move(second), atSecond.record()]);
    const before = await second.gauge('begin');
    const diedAt = performance.now();
    first.child.kill('SIGKILL');
    // What changes now is in the snapshots; the streams that are open get it pushed.
    const sentAt = await push(long ? 30 : 2, accountIds.slice(0, AT_BOTH));
    const isSettled = async () => (await clients.report()).live === STREAMS;
    await until(isSettled, { what: 'every stream is open again', timeoutMs: SETTLED_WITHIN_MS });
    const tookMs = performance.now() - diedAt;
    await until(async () => (await outdated(clients, accountAt)).length === 0, { what: 'the last push' });
    await until(async () => (await outdated(atSecond, (stream) => accountIds[stream]!)).length === 0);
    const { stretches, cpuMs } = await second.gauge();
    const { refused, snapshots, waits } = await clients.report();
    const pushed = spreadOf(latencies(sentAt, (await atSecond.report()).received));
    reportFigure(
      `storm: ${STREAMS} reconnects in ${(tookMs / 1_000).toFixed(1)} s, refused ${JSON.stringify(refused)}, waits up to ${Math.max(0, ...Object.keys(waits).map(Number))} s, ${((cpuMs - before.cpuMs) / STREAMS).toFixed(1)} ms of CPU each, pushes to others p50 ${pushed.p50.toFixed(0)} ms, p99 ${pushed.p99.toFixed(0)} ms, event loop turns every ${stretches!.longestMs.toFixed(0)} ms`,
    );
    expect(snapshots).toBe(STREAMS);
    // Nobody was refused for another reason than the crowd.
    expect(Object.keys(refused).filter((status) => status !== '503')).toEqual([]);
    const [slots] = await studio.database.call<{ sessions: number; slots: number }>(
      'streams.sessions',
      'SELECT count(DISTINCT session)::int AS sessions, count(*)::int AS slots FROM stream_slots WHERE NOT pg_try_advisory_xact_lock_shared(session)',
      [],
    );
    expect(slots).toEqual({ sessions: 1, slots: STREAMS + AT_BOTH });
  });
});

/** Without the position in the queue, which each process reads once a second. */
function comparable({ stream, name, data }: Received): { stream: number; name: string; data: unknown } {
  const { queue: _position, ...rest } = JSON.parse(data) as Record<string, unknown>;
  return { stream, name, data: rest };
}
