import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Spread } from '#bench/report/statistics.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import type { RandomStream } from '#illustrator/person/seeded-random.ts';
import { monotonicMs, type Received } from './stream-clients.ts';
import type { Clients } from './stream-studio.ts';

/** The account of a client's stream, by the stream's number. */
export type AccountOf = (stream: number) => string;

export interface PushOptions {
  readonly seconds: number;
  readonly perSecond: number;
  /** Accounts that are topped up, at random. */
  readonly among: readonly string[];
  readonly random: RandomStream;
}

/** Changes of balances, and what became of them. */
export interface Pushes {
  readonly count: number;
  /** From the request of a change, so including its commit, to the event at the clients, ms. @returns one for each event */
  latencies(received: readonly Received[], accountOf: AccountOf): number[];
}

/** Tops up accounts at a fixed rate, whether earlier changes have arrived or not. */
export async function push(database: Database, { seconds, perSecond, among, random }: PushOptions): Promise<Pushes> {
  /** By account and new balance. */
  const sentAt = new Map<string, number>();
  const balances = new Map(await readBalances(database));
  const startedAt = monotonicMs();
  const all = Array.from({ length: seconds * perSecond }, async (_, index) => {
    await sleep(Math.max(0, startedAt + (index * 1_000) / perSecond - monotonicMs()));
    const accountId = random.pick(among as [string, ...string[]]);
    balances.set(accountId, balances.get(accountId)! + 1);
    sentAt.set(`${accountId} ${balances.get(accountId)}`, monotonicMs());
    await topup(database, { accountId, amount: 1, reference: randomUUID() });
  });
  await Promise.all(all);
  return {
    count: sentAt.size,
    latencies: (received, accountOf) =>
      received.flatMap(({ stream, atMs, name, data }) => {
        const posted = name === 'credits' ? (JSON.parse(data) as { posted: number }).posted : undefined;
        const sent = sentAt.get(`${accountOf(stream)} ${posted}`);
        return sent === undefined ? [] : [atMs - sent];
      }),
  };
}

/** Which streams show another balance than their account has. */
export async function outdated(database: Database, clients: Clients, accountOf: AccountOf): Promise<number[]> {
  const balances = new Map(await readBalances(database));
  const { posted } = await clients.report();
  return posted.flatMap((balance, stream) => (balance === balances.get(accountOf(stream)) ? [] : [stream]));
}

async function readBalances(database: Database): Promise<[string, number][]> {
  const rows = await database.call<{ id: string; posted: number }>(
    'streams.balances',
    'SELECT id, posted::int AS posted FROM accounts',
    [],
  );
  return rows.map(({ id, posted }) => [id, posted]);
}

/** For a figure of the run. */
export function inMs({ p50, p99 }: Spread): string {
  return `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`;
}
