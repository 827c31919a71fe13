import { randomUUID } from 'node:crypto';
import type { Database } from '#drizzle/connection/database.ts';
import { release } from '#drizzle/ledger/release.ts';
import { reserve } from '#drizzle/ledger/reserve.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
import { DEADLINE_MS, requested } from '../support/database/world.ts';
import { until } from '../support/until.ts';
import type { Received } from './stream-clients.ts';
import type { Clients } from './stream-studio.ts';

interface Comparable {
  readonly stream: number;
  readonly name: string;
  readonly data: unknown;
}
/** What each stream received, by its number. */
type EventsByStream = ReadonlyMap<number, readonly Comparable[]>;

/**
 * Lets a generation of each account begin, proceed and fail. The next step begins when all streams have the event of the one before, so
 * that no two are read together.
 * @param all clients whose first streams are those of the accounts
 * @returns the events that each of the clients received
 */
export async function failStepByStep(
  database: Database,
  accountIds: readonly string[],
  all: readonly Clients[],
): Promise<EventsByStream[]> {
  await Promise.all(all.map((clients) => clients.record()));
  const read = () => Promise.all(all.map((clients) => eventsOf(clients, accountIds.length)));
  const seen = (name: string, times: number) =>
    until(async () => (await read()).every((events) => haveSeen(events, accountIds.length, { name, times })), {
      what: `${times} events ${name} at each stream`,
    });
  const generations = await Promise.all(accountIds.map((id) => requestOf(database, id)));
  const each = (step: (id: string) => Promise<unknown>) => Promise.all(generations.map(step));
  await each((generationId) => reserve(database, { generationId, deadlineMs: DEADLINE_MS }));
  await seen('generation', 1);
  await each((id) => markProcessing(database, id, { stage: 'generating' }));
  await seen('generation', 2);
  const failure = { code: 'internal', message: 'broken' } as const;
  await each((generationId) => release(database, { generationId, status: 'failed', failure }));
  await seen('notification', 1);
  return read();
}

async function requestOf(database: Database, accountId: string): Promise<string> {
  const projectId = randomUUID();
  await createProject(database, { id: projectId, accountId, name: 'Faces', description: '' });
  const account = { id: accountId, tier: 'pro' } as never;
  return (await requested(database, { account, projectId })).id;
}

function haveSeen(events: EventsByStream, streams: number, expected: { name: string; times: number }): boolean {
  const counts = [...events.values()].map((of) => of.filter(({ name }) => name === expected.name).length);
  return counts.length === streams && counts.every((count) => count === expected.times);
}

async function eventsOf(clients: Clients, streams: number): Promise<EventsByStream> {
  const { received } = await clients.report();
  const events = received.filter(({ stream, name }) => stream < streams && name !== 'queue');
  return Map.groupBy(events.map(comparable), ({ stream }) => stream);
}

/** Without the position in the queue, which each process reads once a second. */
function comparable({ stream, name, data }: Received): Comparable {
  const { queue: _position, ...rest } = JSON.parse(data) as Record<string, unknown>;
  return { stream, name, data: rest };
}
