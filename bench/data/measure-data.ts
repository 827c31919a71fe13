import { trendOf, totalsOf } from '#drizzle/queries/usage/analytics.ts';
import { attemptsSince, endedSince, failuresSince } from '#drizzle/queries/admin/stats.ts';
import { avatarOrdering } from '#drizzle/queries/avatars/avatar-sort.ts';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { listProjects } from '#drizzle/queries/avatars/projects.ts';
import { listTransfers } from '#drizzle/queries/accounts/credit-transfers.ts';
import { listNotifications } from '#drizzle/queries/accounts/notifications.ts';
import { listGenerations, listLive } from '#drizzle/queries/generations/generation-list.ts';
import { readQueueAndLoad } from '#drizzle/queries/generations/queue.ts';
import { deleteExpiredNotifications, listExpiredRecords } from '#drizzle/queries/retention/expired-records.ts';
import { listUses } from '#drizzle/queries/usage/usage-history.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { SeedSize } from '#tests/lists/seed.ts';
import type { TemporaryStack } from '#tests/support/temporary-stack.ts';
import { spreadOf, type Spread } from '../report/statistics.ts';
import { openDataDatabase, type DataUser } from './data-database.ts';

/** Number of users that send queries: the account with the most avatars, and average ones. */
const QUERYING_USERS = 200;
/** Rounds before the measurement, so that connections are open and query plans are cached. */
const WARM_UP_ROUNDS = 20;
const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;
const PAGE = { limit: 20 };
const QUEUE_WINDOW_MS = 600_000;
/** What is read of the data of a month as if that were its whole age. */
const EXPIRED = { kind: 'usage', days: 25, limit: 2_000 } as const;
const OLD_NOTIFICATIONS = { days: 29, limit: 100 };

type Read = (database: Database, user: DataUser) => Promise<unknown>;

/** The queries of a page of the web, including its total. */
const LISTS: Readonly<Record<string, Read>> = {
  projects: (database, { accountId }) => listProjects(database, accountId, PAGE),
  avatars: (database, { accountId }) => listAvatars(database, accountId, {}, PAGE),
  'avatars of a project by use': (database, { accountId, projectId }) =>
    listAvatars(database, accountId, { projectId }, PAGE, avatarOrdering('usageCount', 'desc')),
  'avatars by a word': (database, { accountId }) => listAvatars(database, accountId, { q: 'lighthouse' }, PAGE),
  'avatars by a word in other letters': (database, { accountId }) =>
    listAvatars(database, accountId, { q: 'ＬÍGHTHOUSE' }, PAGE),
  'avatars by a word that none has': (database, { accountId }) =>
    listAvatars(database, accountId, { q: 'submarine' }, PAGE),
  'trashed avatars': (database, { accountId }) => listAvatars(database, accountId, { trashed: true }, PAGE),
  generations: (database, { accountId }) => listGenerations(database, accountId, {}, PAGE),
  transfers: (database, { accountId }) => listTransfers(database, accountId, PAGE),
  notifications: (database, { accountId }) => listNotifications(database, accountId, PAGE),
  'uses of an avatar': (database, { accountId, avatarId }) => listUses(database, { accountId, avatarId }, PAGE),
  'trends of a month': (database, { accountId }) => trendOf(database, { accountId, ...lastMonth() }, 'day'),
  'totals of a month': (database, { accountId }) => totalsOf(database, { accountId, ...lastMonth() }),
  'snapshot of an event stream': (database, { accountId }) =>
    listLive(database, accountId, { since: new Date(Date.now() - HOUR_MS), limit: 200 }),
};

/** What the studio reads for all accounts: at most once a second for all users, an operator or a Schedule. */
const STUDIO_READS: Readonly<Record<string, Read>> = {
  'queue and its load': (database) => readQueueAndLoad(database, QUEUE_WINDOW_MS),
  'an hour of all generations, failures and attempts': (database) => {
    const since = new Date(Date.now() - HOUR_MS);
    return Promise.all([endedSince(database, since), failuresSince(database, since), attemptsSince(database, since)]);
  },
  'trends of a month of all accounts': (database) => trendOf(database, { accountId: undefined, ...lastMonth() }, 'day'),
  'expired uses: 2,000 to export': (database) => listExpiredRecords(database, EXPIRED),
  'expired notifications: 100 deleted': (database) => deleteExpiredNotifications(database, OLD_NOTIFICATIONS),
};
/** They cost far more than a list, and each round of the studio needs only a few. */
const STUDIO_ROUNDS = 30;

function lastMonth(): { from: Date; to: Date } {
  return { from: new Date(Date.now() - MONTH_MS), to: new Date() };
}

/** Times of one kind of query, ms, and how many round trips of `SELECT 1` they are. */
interface QueryTimes {
  readonly ms: Spread;
  readonly ratio: Spread;
}

export interface DataResults {
  /** Rows by table, the large ones. */
  readonly rows: Readonly<Record<string, number>>;
  readonly seedSeconds: number;
  readonly roundTripMs: Spread;
  readonly lists: Readonly<Record<string, QueryTimes>>;
  readonly studio: Readonly<Record<string, QueryTimes>>;
}

/** Measures every query among so much data, against the shortest round trip there is, in the same rounds. */
export async function measureData(
  stack: TemporaryStack,
  { size, rounds }: { readonly size: SeedSize; readonly rounds: number },
): Promise<DataResults> {
  const startedAt = performance.now();
  const data = await openDataDatabase(stack, size, QUERYING_USERS);
  try {
    const seedSeconds = (performance.now() - startedAt) / 1_000;
    process.stderr.write(`Written in ${seedSeconds.toFixed(0)} s; ${rounds} rounds …\n`);
    const lists = await timeReads(data, LISTS, rounds);
    const studio = await timeReads(data, STUDIO_READS, Math.min(rounds, STUDIO_ROUNDS));
    return { rows: data.rows, seedSeconds, roundTripMs: lists.roundTripMs, lists: lists.times, studio: studio.times };
  } finally {
    await data.close();
  }
}

type OpenData = Awaited<ReturnType<typeof openDataDatabase>>;

/** Executes all reads, one after the other, in each round. */
async function timeReads({ database, users }: OpenData, reads: Readonly<Record<string, Read>>, rounds: number) {
  const entries: [string, Read][] = [['SELECT 1', (ping) => ping.ping()], ...Object.entries(reads)];
  const times = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    const user = users[Math.abs(round) % users.length] ?? users[0];
    for (const [name, read] of entries) {
      const beganAt = performance.now();
      await read(database, user).catch((cause: unknown) => {
        throw new Error(`${name} failed after ${Math.round(performance.now() - beganAt)} ms`, { cause });
      });
      if (round >= 0) times.get(name)?.push(performance.now() - beganAt);
    }
  }
  const [first, ...others] = [...times].map(([name, values]) => [name, spreadOf(values)] as const);
  const roundTripMs = first?.[1] ?? { p50: 0, p99: 0 };
  const ratioTo = (ms: Spread): Spread => ({ p50: ms.p50 / roundTripMs.p50, p99: ms.p99 / roundTripMs.p99 });
  return { roundTripMs, times: Object.fromEntries(others.map(([name, ms]) => [name, { ms, ratio: ratioTo(ms) }])) };
}
