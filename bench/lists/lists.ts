import type { Database } from '#drizzle/connection/database.ts';
import { trendOf } from '#drizzle/queries/usage/analytics.ts';
import { avatarOrdering } from '#drizzle/queries/avatars/avatar-sort.ts';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { listTransfers } from '#drizzle/queries/accounts/credit-transfers.ts';
import { listGenerations } from '#drizzle/queries/generations/generation-list.ts';
import { listNotifications } from '#drizzle/queries/accounts/notifications.ts';
import { listProjects } from '#drizzle/queries/avatars/projects.ts';
import { listUses } from '#drizzle/queries/usage/usage-history.ts';
import type { TemporaryStack } from '#tests/support/temporary-stack.ts';
import { openListDatabase, type ListUser } from './list-database.ts';
import { spreadOf, type Spread } from '../report/statistics.ts';

/** Average number of avatars of a user. */
const AVATARS_EACH = 100;
/** Number of users that send queries. */
const QUERYING_USERS = 200;
/** Rounds before the measurement, so that connections are open and query plans are cached. */
const WARM_UP_ROUNDS = 20;
const MONTH_MS = 30 * 86_400_000;
const PAGE = { limit: 20 };

type Read = (database: Database, user: ListUser) => Promise<unknown>;

/** The queries of a page of the web, including its total; executed one after the other in each round. */
const READS: Readonly<Record<string, Read>> = {
  'SELECT 1': (database) => database.ping(),
  projects: (database, { accountId }) => listProjects(database, accountId, PAGE),
  avatars: (database, { accountId }) => listAvatars(database, accountId, {}, PAGE),
  'avatars of a project by use': (database, { accountId, projectId }) =>
    listAvatars(database, accountId, { projectId }, PAGE, avatarOrdering('usageCount', 'desc')),
  'avatars by a word': (database, { accountId }) => listAvatars(database, accountId, { q: 'lighthouse' }, PAGE),
  'trashed avatars': (database, { accountId }) => listAvatars(database, accountId, { trashed: true }, PAGE),
  generations: (database, { accountId }) => listGenerations(database, accountId, {}, PAGE),
  transfers: (database, { accountId }) => listTransfers(database, accountId, PAGE),
  notifications: (database, { accountId }) => listNotifications(database, accountId, PAGE),
  'uses of an avatar': (database, { accountId, avatarId }) => listUses(database, { accountId, avatarId }, PAGE),
  'trends of a month': (database, { accountId }) =>
    trendOf(database, { accountId, from: new Date(Date.now() - MONTH_MS), to: new Date() }, 'day'),
};

/** One list's times, ms, and how many round trips of `SELECT 1` they are. */
interface ListTimes {
  readonly ms: Spread;
  readonly ratio: Spread;
}

export interface ListResults {
  readonly avatars: number;
  readonly roundTripMs: Spread;
  readonly lists: Readonly<Record<string, ListTimes>>;
}

/** Measures every list among so many avatars, against the shortest round trip there is, in the same rounds. */
export async function measureLists(
  stack: TemporaryStack,
  { avatars, rounds }: { readonly avatars: number; readonly rounds: number },
): Promise<ListResults> {
  const size = { accounts: Math.max(2, Math.round(avatars / AVATARS_EACH)), avatars };
  const { database, users, close } = await openListDatabase(stack, size, QUERYING_USERS);
  try {
    const times = new Map<string, number[]>(Object.keys(READS).map((name) => [name, []]));
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      const user = users[Math.abs(round) % users.length] ?? users[0];
      for (const [name, read] of Object.entries(READS)) {
        const beganAt = performance.now();
        await read(database, user);
        if (round >= 0) times.get(name)?.push(performance.now() - beganAt);
      }
    }
    return summarizeLists(avatars, times);
  } finally {
    await close();
  }
}

function summarizeLists(avatars: number, times: ReadonlyMap<string, readonly number[]>): ListResults {
  const [first, ...others] = [...times].map(([name, values]) => [name, spreadOf(values)] as const);
  const roundTripMs = first?.[1] ?? { p50: 0, p99: 0 };
  const ratioTo = (ms: Spread): Spread => ({ p50: ms.p50 / roundTripMs.p50, p99: ms.p99 / roundTripMs.p99 });
  return {
    avatars,
    roundTripMs,
    lists: Object.fromEntries(others.map(([name, ms]) => [name, { ms, ratio: ratioTo(ms) }])),
  };
}

/** The results as a readable table. */
export function tableOfLists({ avatars, roundTripMs, lists }: ListResults): string {
  const tableRow = (name: string, ...cells: string[]) =>
    name.padEnd(30) + cells.map((cell) => cell.padStart(12)).join('');
  return [
    `Lists among ${avatars} avatars; ratio: to a round trip of SELECT 1 in the same rounds`,
    '',
    tableRow('', 'p50 ms', 'p99 ms', 'ratio p50', 'ratio p99'),
    tableRow('SELECT 1', roundTripMs.p50.toFixed(2), roundTripMs.p99.toFixed(2), '', ''),
    ...Object.entries(lists).map(([name, { ms, ratio }]) =>
      tableRow(name, ms.p50.toFixed(2), ms.p99.toFixed(2), ratio.p50.toFixed(1), ratio.p99.toFixed(1)),
    ),
  ].join('\n');
}
