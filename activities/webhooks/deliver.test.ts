import { MockActivityEnvironment } from '@temporalio/testing';
import { ApplicationFailure } from '@temporalio/activity';
import { DefaultLogger } from '@temporalio/worker';
import { expect, it } from 'vitest';
import type { Database } from '#drizzle/connection/database.ts';
import { createTryDelivery } from './deliver.ts';
import type { PostOutcome } from './send-guarded.ts';

/** Tests cause failures on purpose; the SDK need not log them. */
const QUIET = new DefaultLogger('ERROR');
const DELIVERY = {
  id: 'd',
  accountId: 'a',
  state: 'waiting',
  enabled: true,
  createdAt: new Date(0),
  event: 'generation.failed',
};
const SECRET = `whsec_${Buffer.from('a secret of this test').toString('base64')}`;
const busy = (retryAfterSeconds: number | null): PostOutcome => ({ kind: 'answered', status: 503, retryAfterSeconds });

/** Tries a delivery once. @param tries recorded before @returns what the activity throws */
async function failureOf(outcome: PostOutcome, tries: number, breaks?: string): Promise<unknown> {
  const database = {
    async call(name: string) {
      if (name === breaks) throw new Error('Postgres is away');
      return name === 'webhooks.failedTry'
        ? [{ attempts: tries + 1 }]
        : [{ ...DELIVERY, url: 'https://a.test', secrets: [SECRET] }];
    },
  } as unknown as Database;
  const tryDelivery = createTryDelivery({ database, sendWebhook: async () => outcome, openSecret: (stored) => stored });
  return new MockActivityEnvironment({}, { logger: QUIET })
    .run(tryDelivery, { deliveryId: 'd' })
    .catch((error: unknown) => error);
}

it.each([
  [0, busy(null), 10_000],
  [1, busy(null), 30_000],
  [2, { kind: 'unreachable' } as const, 90_000],
  [12, busy(null), 3 * 3600_000],
  [0, busy(7), 7_000],
  [0, busy(7 * 24 * 3600), 3 * 3600_000],
])('after %i failed tries and %o the receiver has %i ms', async (tries, outcome, pauseMs) => {
  const failure = (await failureOf(outcome, tries)) as ApplicationFailure;
  expect([failure.type, failure.nextRetryDelay]).toEqual(['not_taken', pauseMs]);
});

it.each(['webhooks.delivery', 'webhooks.failedTry'])(
  'a failure of ours in %s is no failed try of the receiver',
  async (name) => {
    expect(await failureOf(busy(null), 5, name)).not.toBeInstanceOf(ApplicationFailure);
  },
);
