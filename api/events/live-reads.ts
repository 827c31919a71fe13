import type { Database } from '#drizzle/connection/database.ts';
import { NO_CREDITS, readBalance } from '#drizzle/queries/accounts/credit-transfers.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readAvatars } from '#drizzle/queries/avatars/avatars.ts';
import { listLive } from '#drizzle/queries/generations/generation-list.ts';
import { readLiveChanges } from '#drizzle/queries/generations/live-changes.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { PresentGenerations } from '../generations/present.ts';
import { isVisible } from '../generations/visible-generation.ts';
import { presentNotification } from '../notifications/present.ts';
import type { QueueView } from '../queue/queue-view.ts';
import type { LiveReads } from './hub.ts';
import { liveEvent } from './live-event.ts';

/** A snapshot includes generations that ended within the last day. */
const RECENT_MS = 24 * 3600_000;
/** All generations that an account may have unfinished at once, plus recent ones, up to a snapshot of about a megabyte. */
const SNAPSHOT_MAX = 600;

export interface LiveReadsDeps {
  readonly database: Database;
  readonly present: PresentGenerations;
  readonly queueView: QueueView;
}

export function createLiveReads({ database, present, queueView }: LiveReadsDeps): LiveReads {
  async function readOwn(accountId: string, generationId: string): Promise<Generation | undefined> {
    const row = await readGeneration(database, generationId);
    return row?.accountId === accountId && isVisible(row) ? row : undefined;
  }

  async function rowsOf(accountId: string, generationId: string | undefined): Promise<Generation[] | undefined> {
    if (generationId === undefined) {
      return listLive(database, accountId, { since: new Date(Date.now() - RECENT_MS), limit: SNAPSHOT_MAX });
    }
    const row = await readOwn(accountId, generationId);
    return row && [row];
  }

  const credits = async (accountId: string) => (await readBalance(database, accountId)) ?? NO_CREDITS;

  return {
    async snapshot(accountId, generationId) {
      const rows = await rowsOf(accountId, generationId);
      return rows && { generations: await present(rows), credits: await credits(accountId) };
    },
    async changes(accountId, { credits: withCredits, generationIds, notificationIds, avatarIds }) {
      const [read, marked] = await Promise.all([
        readLiveChanges(database, accountId, { credits: withCredits, generationIds, notificationIds }),
        avatarIds.length > 0 ? readAvatars(database, accountId, avatarIds) : [],
      ]);
      const visible = read.generations.filter(isVisible);
      const generations = visible.length > 0 ? await present(visible, read) : [];
      const marks = marked.map(({ id, favorite, rating }) => ({ id, favorite, rating }));
      return [
        ...(withCredits ? [liveEvent('credits', read.credits ?? NO_CREDITS)] : []),
        ...generations.map((generation) => liveEvent('generation', generation)),
        ...read.notifications.map((notification) => liveEvent('notification', presentNotification(notification))),
        ...(avatarIds.length > 0 ? [liveEvent('marks', { avatars: marks })] : []),
      ];
    },
    positions: (accountIds) => queueView.positionsOfAccounts(accountIds),
  };
}
