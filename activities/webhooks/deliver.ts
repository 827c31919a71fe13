import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Database } from '#drizzle/connection/database.ts';
import {
  deadLetterDelivery,
  type Delivery,
  markDelivered,
  recordFailedTry,
  readDelivery,
} from '#drizzle/queries/accounts/webhook-deliveries.ts';
import { signatureHeaders } from './signature-headers.ts';
import type { PostOutcome, SendGuarded } from './send-guarded.ts';

const GONE = 410;
/** Pauses after failed tries grow from 10 seconds to 3 hours: about fourteen tries in a day. */
const FIRST_PAUSE_MS = 10_000;
const PAUSE_GROWTH = 3;
const LONGEST_PAUSE_MS = 3 * 3600_000;

export interface DeliverDeps {
  readonly database: Database;
  readonly sendWebhook: SendGuarded;
  readonly openSecret: OpenSecret;
}

/** Opens a secret as it is stored. @throws Error without the key that sealed it */
export type OpenSecret = (stored: string, accountId: string) => string;

export interface DeliveryRef {
  readonly deliveryId: string;
}

/** The state of a delivery; `unknown` when it or its webhook was deleted. */
export type DeliveryState = 'delivered' | 'dead' | 'unknown';

/**
 * Tries a delivery once. After a crash it may be sent again with the same `webhook-id`.
 *
 * @throws ApplicationFailure `not_taken` when the receiver did not accept it; the delivery should be retried
 */
export function createTryDelivery({ database, sendWebhook, openSecret }: DeliverDeps) {
  return async function tryDelivery({ deliveryId }: DeliveryRef): Promise<DeliveryState> {
    const delivery = await readDelivery(database, deliveryId);
    if (!delivery) return 'unknown';
    if (delivery.state !== 'waiting') return delivery.state;
    if (!delivery.enabled) {
      await deadLetterDelivery(database, deliveryId, 'off');
      return 'dead';
    }
    const outcome = await sendWebhook(postOf(delivery, openSecret), Context.current().cancellationSignal);
    const status = outcome.kind === 'answered' ? outcome.status : null;
    if (status !== null && status >= 200 && status < 300) {
      await markDelivered(database, deliveryId, status);
      return 'delivered';
    }
    const tries = await recordFailedTry(database, deliveryId, { status, failure: describe(outcome) });
    if (status === GONE) {
      await deadLetterDelivery(database, deliveryId, 'gone');
      return 'dead';
    }
    throw notAccepted(outcome, tries);
  };
}

/**
 * Dead-letters a delivery whose tries are used up.
 *
 * @returns its actual state, since the last try may have succeeded in the meantime
 */
export function createDeadLetterDelivery({ database }: Pick<DeliverDeps, 'database'>) {
  return async function deadLetterOldDelivery({ deliveryId }: DeliveryRef): Promise<DeliveryState> {
    await deadLetterDelivery(database, deliveryId, 'expired');
    const state = (await readDelivery(database, deliveryId))?.state;
    return state === 'delivered' || state === 'dead' ? state : 'unknown';
  };
}

/** The body contains only ids and a state; the receiver reads the rest from the API with its own token. */
function postOf(delivery: Delivery, openSecret: OpenSecret) {
  const { id, accountId, event, generationId, avatarId, createdAt, url } = delivery;
  const secrets = delivery.secrets.map((stored) => openSecret(stored, accountId));
  const body = JSON.stringify({
    type: event,
    timestamp: createdAt.toISOString(),
    data: { generationId, avatarId, state: event.slice(event.indexOf('.') + 1) },
  });
  const timestamp = Math.floor(Date.now() / 1000);
  return {
    url,
    body,
    headers: { 'user-agent': 'AvatarStudio-Webhook/1', ...signatureHeaders({ id, timestamp, body }, secrets) },
  };
}

function describe(outcome: PostOutcome): string {
  if (outcome.kind === 'answered') return `answered ${outcome.status}`;
  return outcome.kind === 'forbidden' ? 'not a public internet address' : 'not reachable';
}

/** @param tries that the receiver failed; runs that failed for reasons of ours don't count */
function notAccepted(outcome: PostOutcome, tries: number): ApplicationFailure {
  const seconds = outcome.kind === 'answered' ? outcome.retryAfterSeconds : null;
  const requestedMs = seconds === null ? undefined : seconds * 1000;
  return ApplicationFailure.create({
    type: 'not_taken',
    message: `The receiver did not accept the delivery: ${describe(outcome)}`,
    category: 'BENIGN', // a receiver that is down is expected in operation
    nextRetryDelay: Math.min(requestedMs ?? FIRST_PAUSE_MS * PAUSE_GROWTH ** (tries - 1), LONGEST_PAUSE_MS),
  });
}
