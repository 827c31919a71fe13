import { setTimeout as sleep } from 'node:timers/promises';
import { createRandomStream, type RandomStream } from '#illustrator/person/seeded-random.ts';
import type { FaultStudio } from '../studio/fault-studio.ts';
import { openEventClient, type EventClient } from './event-client.ts';
import { createJournal, type FaultUser, type Journal } from './journal.ts';
import { openUser, WEBHOOK_SECRET } from './open-user.ts';
import {
  cancel,
  deleteAvatar,
  eraseUser,
  generate,
  generateBatch,
  lowerPriority,
  uploadAvatar,
  uploadReference,
  type OperationContext,
} from './operations.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

const OPERATIONS = {
  generate,
  generateBatch,
  cancel,
  uploadAvatar,
  deleteAvatar,
  lowerPriority,
  uploadReference,
} as const;
/** How often users do each, of all weights together. */
const WEIGHTS: Readonly<Record<keyof typeof OPERATIONS, number>> = {
  generate: 60,
  generateBatch: 10,
  cancel: 9,
  uploadAvatar: 7,
  deleteAvatar: 6,
  lowerPriority: 4,
  uploadReference: 3,
};
export type OperationWeights = Partial<typeof WEIGHTS>;
/** Of all operations: an erasure ends its user's load. */
const ERASURE_SHARE = 0.004;
const ABANDONED_SHARE = 0.15;
const FULL_PAUSE_MS = 100;

export interface LoadOptions {
  readonly seed: number;
  readonly users: number;
  /** Between two operations of one user, ms. */
  readonly pauseMs: number;
  /** Users wait while more generations than this are unfinished. */
  readonly maxUnfinished: number;
  /** Those that differ from the usual ones. */
  readonly weights?: OperationWeights | undefined;
  /** Share of the requests that are never sent again. */
  readonly abandoned?: number | undefined;
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

  const unfinished = (): number =>
    eventClients.reduce((sum, { user, ended }) => sum + (user.isErased ? 0 : user.accepted - ended()), 0);

  const { abandoned = ABANDONED_SHARE } = options;
  const pickOperation = createPicker(options.weights);

  async function work(first: FaultUser, index: number): Promise<void> {
    const random = createRandomStream(options.seed, `user ${index}`);
    let user = first;
    for (let round = 1; !over.signal.aborted; round += 1) {
      if (unfinished() > options.maxUnfinished) {
        await sleep(FULL_PAUSE_MS);
        continue;
      }
      const context = { apiUrl: studio.apiUrl, journal, random, user, abandoned };
      if (random.chance(ERASURE_SHARE)) {
        await eraseUser(context);
        user = await open(`${options.seed}-${index}-${round}`, index);
      } else {
        await pickOperation(random)(context);
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

type Operation = (context: OperationContext) => Promise<void>;

function createPicker(weights: OperationWeights = {}): (random: RandomStream) => Operation {
  const entries = Object.entries({ ...WEIGHTS, ...weights }) as [keyof typeof WEIGHTS, number][];
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return (random) => {
    let left = random.next() * total;
    for (const [name, weight] of entries) {
      left -= weight;
      if (left < 0) return OPERATIONS[name];
    }
    return generate;
  };
}
