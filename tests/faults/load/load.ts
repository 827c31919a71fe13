import { setTimeout as sleep } from 'node:timers/promises';
import { createRandomStream, type RandomStream } from '#illustrator/person/seeded-random.ts';
import { isFinal } from '#domain/generation/generation.ts';
import type { FaultStudio } from '../studio/fault-studio.ts';
import { openEventClient, type EventClient } from './event-client.ts';
import { createJournal, type FaultUser, type Journal } from './journal.ts';
import { openUser, WEBHOOK_SECRET } from './open-user.ts';
import * as operation from './operations.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

const OPERATIONS = [
  [operation.generate, 60],
  [operation.generateBatch, 10],
  [operation.cancel, 9],
  [operation.uploadAvatar, 7],
  [operation.deleteAvatar, 6],
  [operation.lowerPriority, 4],
  [operation.uploadReference, 3],
] as const;
const TOTAL = OPERATIONS.reduce((sum, [, weight]) => sum + weight, 0);
/** Of all operations: an erasure ends its user's load. */
const ERASURE_SHARE = 0.004;
const FULL_PAUSE_MS = 100;

export interface LoadOptions {
  readonly seed: number;
  readonly users: number;
  /** Between two operations of one user, ms. */
  readonly pauseMs: number;
  /** Users wait while more generations than this are unfinished. */
  readonly maxUnfinished: number;
}

/** Users at work. */
export interface Load {
  readonly journal: Journal;
  readonly eventClients: readonly EventClient[];
  readonly receiver: WebhookReceiver;
  /** Lets users finish what they are doing. */
  stop(): Promise<void>;
  /** Closes event streams and the receiver. */
  close(): Promise<void>;
}

/** Every user's operations follow from the seed; what they act on depends on what was answered until then. */
export async function startLoad(studio: FaultStudio, options: LoadOptions): Promise<Load> {
  const journal = createJournal();
  const receiver = await startWebhookReceiver(WEBHOOK_SECRET);
  const eventClients: EventClient[] = [];
  const over = new AbortController();

  async function open(name: string, index: number): Promise<FaultUser> {
    const user = await openUser(studio, name, index % 2 === 0 ? receiver.url : undefined);
    journal.users.push(user);
    eventClients.push(openEventClient(studio.apiUrl, user));
    return user;
  }

  const unfinished = (): number => {
    const ended = eventClients.reduce(
      (sum, { seen }) => sum + [...seen.values()].filter(({ status }) => isFinal(status)).length,
      0,
    );
    return journal.accepted.size - ended;
  };

  async function work(first: FaultUser, index: number): Promise<void> {
    const random = createRandomStream(options.seed, `user ${index}`);
    let user = first;
    for (let round = 1; !over.signal.aborted; round += 1) {
      if (unfinished() > options.maxUnfinished) {
        await sleep(FULL_PAUSE_MS);
        continue;
      }
      if (random.chance(ERASURE_SHARE)) {
        await operation.eraseUser({ apiUrl: studio.apiUrl, journal, random, user });
        user = await open(`${options.seed}-${index}-${round}`, index);
      } else {
        await pickOperation(random)({ apiUrl: studio.apiUrl, journal, random, user });
      }
      await sleep(random.between(0.5, 1.5) * options.pauseMs);
    }
  }

  const first = await Promise.all(
    Array.from({ length: options.users }, (_, index) => open(`${options.seed}-${index}`, index)),
  );
  const working = Promise.all(first.map((user, index) => work(user, index)));
  // A failure of the harness itself is reported by stop().
  working.catch(() => undefined);
  return {
    journal,
    eventClients,
    receiver,
    async stop() {
      over.abort();
      await working;
    },
    async close() {
      for (const client of eventClients) client.close();
      await receiver.close();
    },
  };
}

function pickOperation(random: RandomStream): (context: operation.OperationContext) => Promise<void> {
  let left = random.next() * TOTAL;
  for (const [act, weight] of OPERATIONS) {
    left -= weight;
    if (left < 0) return act;
  }
  return operation.generate;
}
