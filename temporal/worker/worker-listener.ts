import type { Logger } from 'pino';
import { z } from 'zod';
import type { Wakeups } from '#activities/generate/wakeups.ts';
import type { WebhookSender } from '#activities/webhooks/webhook-sender.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { listen, type Listening } from '#drizzle/connection/listen.ts';
import { listWaitingDeliveries } from '#drizzle/queries/accounts/webhook-deliveries.ts';

/** Deliveries to start after a (re)connect; the reconciler starts the rest. */
const CATCH_UP_MAX = 500;
const NEVER_MS = 365 * 24 * 3600_000;

const notification = z.object({ id: z.uuid(), accountId: z.uuid().optional() });

export interface WorkerListenerDeps {
  readonly connectionString: string;
  readonly database: Database;
  readonly startDelivery: WebhookSender['startDelivery'];
  readonly wakeups: Pick<Wakeups, 'wake'>;
  readonly log: Logger;
}

/**
 * Listens for new webhook deliveries and provider callbacks. Both are only sped up by it: the reconciler and the next poll find what was
 * missed.
 */
export function listenForWorkers(deps: WorkerListenerDeps): Listening {
  const { database, startDelivery, wakeups, log } = deps;
  const start = (delivery: { id: string; accountId: string }) =>
    startDelivery(delivery).catch((error: unknown) => {
      log.warn(
        { err: error, deliveryId: delivery.id },
        'a webhook delivery could not be started; the reconciler will start it',
      );
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
    onConnected: () =>
      void catchUp().catch((error: unknown) =>
        log.warn({ err: error }, 'waiting webhook deliveries could not be started'),
      ),
    onNotification(channel, payload) {
      const { id, accountId } = parse(payload) ?? {};
      if (id === undefined) return log.warn({ channel }, 'an invalid notification');
      if (channel === 'attempt') wakeups.wake(id);
      else if (accountId !== undefined) void start({ id, accountId });
    },
  });
}

function parse(payload: string | undefined): z.infer<typeof notification> | undefined {
  try {
    return notification.safeParse(JSON.parse(payload ?? '')).data;
  } catch {
    return undefined;
  }
}
