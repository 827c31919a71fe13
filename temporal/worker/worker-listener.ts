import type { Logger } from 'pino';
import { z } from 'zod';
import type { Wakeups } from '#activities/generate/wakeups.ts';
import type { WebhookSender } from '#activities/webhooks/webhook-sender.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { listen, type Listening } from '#drizzle/connection/listen.ts';
import { listWaitingDeliveries } from '#drizzle/queries/accounts/webhook-deliveries.ts';

/** What was missed while nobody listened; the reconciler takes the rest. */
const CATCH_UP_MAX = 500;
const NEVER_MS = 365 * 24 * 3600_000;

const heard = z.object({ id: z.uuid(), accountId: z.uuid().optional() });

export interface WorkerListenerDeps {
  readonly connectionString: string;
  readonly database: Database;
  readonly startDelivery: WebhookSender['startDelivery'];
  readonly wakeups: Pick<Wakeups, 'wake'>;
  readonly log: Logger;
}

/**
 * Hears what the database says to workers: a delivery was written, a provider called back. Both are only sooner by it: what nobody
 * heard is found by the reconciler and by the next poll.
 */
export function listenForWorkers(deps: WorkerListenerDeps): Listening {
  const { database, startDelivery, wakeups, log } = deps;
  const start = (delivery: { id: string; accountId: string }) =>
    startDelivery(delivery).catch((error: unknown) => {
      log.warn({ err: error, deliveryId: delivery.id }, 'a delivery waits for the reconciler');
    });
  const catchUp = async () => {
    const missed = { untriedMs: 0, olderThanMs: NEVER_MS, limit: CATCH_UP_MAX };
    for (const delivery of await listWaitingDeliveries(database, missed)) await start(delivery);
  };
  return listen({
    connectionString: deps.connectionString,
    applicationName: 'avatar-studio worker listener',
    channels: ['webhook_delivery', 'attempt'],
    log,
    onConnected: () => void catchUp().catch((error: unknown) => log.warn({ err: error }, 'deliveries wait')),
    onNotification(channel, payload) {
      const { id, accountId } = parse(payload) ?? {};
      if (id === undefined) return log.warn({ channel }, 'a notification of unknown form');
      if (channel === 'attempt') wakeups.wake(id);
      else if (accountId !== undefined) void start({ id, accountId });
    },
  });
}

function parse(payload: string | undefined): z.infer<typeof heard> | undefined {
  try {
    return heard.safeParse(JSON.parse(payload ?? '')).data;
  } catch {
    return undefined;
  }
}
