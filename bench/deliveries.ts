import { Client } from 'pg';
import { z } from 'zod';
import type { Database } from '#drizzle/connection/database.ts';
import { readNotification } from '#drizzle/queries/accounts/notifications.ts';

/** Far above any avatar's time, even with many at once. */
const DELIVERY_TIMEOUT_MS = 600_000;

const announced = z.object({ id: z.string() });

/** Reports delivered avatars from Postgres notifications, as event streams do. */
export interface Deliveries {
  /** Resolves when this generation's avatar is delivered. @throws when it fails, or is not delivered within ten minutes */
  of(generationId: string): Promise<void>;
  close(): Promise<void>;
}

export async function listenForDeliveries(listenUrl: string, database: Database): Promise<Deliveries> {
  const waiting = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const listener = new Client({ connectionString: listenUrl, application_name: 'bench listener' });
  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  listener.on('error', failAll);
  listener.on('notification', ({ payload }) => {
    settle(announced.parse(JSON.parse(payload ?? '{}')).id).catch(failAll);
  });

  async function settle(notificationId: string): Promise<void> {
    const notification = await readNotification(database, notificationId);
    const waiter = waiting.get(notification?.generationId ?? '');
    if (notification === undefined || waiter === undefined) return;
    waiting.delete(notification.generationId ?? '');
    if (notification.kind === 'avatar_completed') waiter.resolve();
    else waiter.reject(new Error(`Generation ${notification.generationId} ended as ${notification.kind}`));
  }

  await listener.connect();
  await listener.query('LISTEN notification');
  return {
    async of(generationId) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.set(generationId, { resolve, reject });
      const timer = setTimeout(
        () => reject(new Error(`Generation ${generationId} delivered no avatar in time`)),
        DELIVERY_TIMEOUT_MS,
      );
      timer.unref();
      await promise.finally(() => clearTimeout(timer));
    },
    close: () => listener.end(),
  };
}
