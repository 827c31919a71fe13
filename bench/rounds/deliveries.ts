import { Client } from 'pg';
import { z } from 'zod';
import type { Database } from '#drizzle/connection/database.ts';
import { readNotification } from '#drizzle/queries/accounts/notifications.ts';

/** Far above any avatar's time, even with many at once. */
const DELIVERY_TIMEOUT_MS = 600_000;

const announced = z.object({ id: z.string() });

/** Reports delivered avatars. */
export interface Deliveries {
  /** Resolves when this generation's avatar is delivered. @throws when it fails, or is not delivered within ten minutes */
  of(generationId: string): Promise<void>;
  close(): Promise<void>;
}

/** Callers that wait for avatars. A delivery may be reported before anybody waits for it. */
export interface DeliveryWaiters {
  readonly of: Deliveries['of'];
  delivered(generationId: string): void;
  failed(generationId: string, error: Error): void;
  failAll(error: Error): void;
}

export function createDeliveryWaiters(): DeliveryWaiters {
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  /** Ids of avatars that were reported too early; several streams may report the same one. */
  const early = new Map<string, Error | undefined>();
  const settle = (id: string, error?: Error): void => {
    const waiter = waiting.get(id);
    if (waiter === undefined) return void early.set(id, error);
    waiting.delete(id);
    if (error === undefined) waiter.resolve();
    else waiter.reject(error);
  };
  return {
    async of(id) {
      if (early.has(id)) {
        const error = early.get(id);
        if (error !== undefined) throw error;
        return;
      }
      const waiter = Promise.withResolvers<void>();
      waiting.set(id, waiter);
      const late = () => waiter.reject(new Error(`Generation ${id} delivered no avatar in time`));
      const timer = setTimeout(late, DELIVERY_TIMEOUT_MS).unref();
      await waiter.promise.finally(() => clearTimeout(timer));
    },
    delivered: (id) => settle(id),
    failed: settle,
    failAll(error) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}

/** Reports them from Postgres notifications, as the API's streams do. */
export async function listenForDeliveries(listenUrl: string, database: Database): Promise<Deliveries> {
  const waiters = createDeliveryWaiters();
  const listener = new Client({ connectionString: listenUrl, application_name: 'bench listener' });
  listener.on('error', waiters.failAll);
  listener.on('notification', ({ payload }) => {
    settle(announced.parse(JSON.parse(payload ?? '{}')).id).catch(waiters.failAll);
  });

  async function settle(notificationId: string): Promise<void> {
    const notification = await readNotification(database, notificationId);
    const id = notification?.generationId;
    if (notification === undefined || !id) return;
    if (notification.kind === 'avatar_completed') waiters.delivered(id);
    else waiters.failed(id, new Error(`Generation ${id} ended as ${notification.kind}`));
  }

  await listener.connect();
  await listener.query('LISTEN notification');
  return { of: waiters.of, close: () => listener.end() };
}
