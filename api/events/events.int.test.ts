import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { release } from '#drizzle/ledger/release.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import { problemOf } from '#tests/api/api-client.ts';
import { type EventReader, readEvents, type SeenEvent } from '#tests/api/event-reader.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image', prompt: 'a glassblower' } as const;

const everything = ({ token }: Pick<TestUser, 'token'>) => readEvents(`${studio.address}/api/v1/events`, token);
const oneGeneration = ({ token }: TestUser, id: string) =>
  readEvents(`${studio.address}/api/v1/generations/${id}/events`, token);

async function start({ token, projectId }: TestUser): Promise<string> {
  return (await studio.client.ok('createGeneration', { token, id: projectId, body: BODY })).body.id;
}
const fail = (generationId: string) =>
  release(studio.fixture.database, {
    generationId,
    status: 'failed',
    failure: { code: 'deadline', message: 'It was late.' },
  });
const isGeneration = (id: string, status: string) => (event: SeenEvent) =>
  event.name === 'generation' && event.data.id === id && event.data.status === status;
const isSnapshot = ({ name }: SeenEvent) => name === 'snapshot';
const versionsOf = ({ seen }: EventReader, id: string) =>
  seen.flatMap((event) => (event.name === 'generation' && event.data.id === id ? [event.data.version] : []));

/** Ends the API's listening connection as a failover would. */
async function killListener(): Promise<void> {
  const { rowCount } = await studio.fixture.owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%listener%' AND datname = current_database()`,
  );
  expect(rowCount).toBe(1);
}

describe('GET /events', () => {
  it('starts with a snapshot of unfinished and recently ended generations and the balance', async () => {
    const user = await studio.user();
    const [failed, waiting] = [await start(user), await start(user)];
    await fail(failed);
    const stream = await everything(user);
    const first = await stream.until(() => true);
    stream.cut();
    if (first.name !== 'snapshot') throw new Error('The first event is no snapshot');
    expect(first.data.credits).toEqual({ posted: 100, held: 10, available: 90 });
    expect(first.data.generations.map(({ id, status }) => [id, status])).toEqual([
      [waiting, 'pending'],
      [failed, 'failed'],
    ]);
    expect(stream.retries).toHaveLength(1);
  });

  it('sends every change in order, with credits, queue position and notification', async () => {
    const user = await studio.user();
    const stream = await everything(user);
    await stream.until(isSnapshot);
    const id = await start(user);
    await stream.until(isGeneration(id, 'pending'));
    await stream.until((event) => event.name === 'credits' && event.data.held === 10);
    await stream.until((event) => event.name === 'queue' && event.data.positions[0]?.generationId === id);
    await markProcessing(studio.fixture.database, id, {
      stage: 'generating',
      provider: 'illustrator',
      model: 'illustrator-1',
    });
    const generating = await stream.until(isGeneration(id, 'processing'));
    expect(generating.data).toMatchObject({ stage: 'generating', model: 'Illustrator', queue: null });
    await fail(id);
    await stream.until(isGeneration(id, 'failed'));
    await stream.until((event) => event.name === 'credits' && event.data.held === 0);
    const notification = await stream.until(({ name }) => name === 'notification');
    if (notification.name !== 'notification') throw new Error('It is no notification');
    expect(notification.data).toMatchObject({
      kind: 'generation_failed',
      message: 'It was late. Your credits were returned.',
    });
    // Read on another device.
    await studio.client.ok('markAllNotificationsRead', { token: user.token });
    const read = await stream.until((event) => event.name === 'notification' && event.data.readAt !== null);
    expect(read.data).toMatchObject({ id: notification.data.id });
    const versions = versionsOf(stream, id);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(stream.seen.map((event) => event.id)).size).toBe(stream.seen.length);
    stream.cut();
  });

  it('sends a favorite that was set on one device to all streams of the account, many in one event', async () => {
    const user = await studio.user();
    const avatars = [await deliveredAvatar(studio, user), await deliveredAvatar(studio, user)];
    const streams = await Promise.all([everything(user), everything(user)]);
    await Promise.all(streams.map((stream) => stream.until(isSnapshot)));
    const changes = avatars.map(({ id }) => ({ id, favorite: true }));
    await studio.client.ok('updateAvatars', { token: user.token, body: { changes } });
    for (const stream of streams) {
      const event = await stream.until(({ name }) => name === 'marks');
      if (event.name !== 'marks') throw new Error('It is no mark');
      const byId = event.data.avatars.toSorted((a, b) => a.id.localeCompare(b.id));
      const expected = changes
        .toSorted((a, b) => a.id.localeCompare(b.id))
        .map((change) => ({ ...change, rating: null }));
      expect(byId).toEqual(expected);
      stream.cut();
    }
  });

  it('sends nothing about other accounts', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const [stream, otherStream] = [await everything(user), await everything(other)];
    await Promise.all([stream.until(isSnapshot), otherStream.until(isSnapshot)]);
    const id = await start(other);
    await otherStream.until(isGeneration(id, 'pending'));
    await topup(studio.fixture.database, { accountId: user.accountId, amount: 1, reference: 'last' });
    await stream.until((event) => event.name === 'credits' && event.data.posted === 101);
    expect(JSON.stringify(stream.seen)).not.toContain(id);
    stream.cut();
    otherStream.cut();
  });

  it('starts with the current state after a reconnect', async () => {
    const user = await studio.user();
    const before = await everything(user);
    await before.until(isSnapshot);
    const id = await start(user);
    await before.until(isGeneration(id, 'pending'));
    before.cut();
    await fail(id);
    const after = await everything(user);
    const again = await after.until(isSnapshot);
    expect(again.data).toMatchObject({ generations: [{ id, status: 'failed' }], credits: { held: 0 } });
    after.cut();
  });

  it('sends an accepted request that has no outcome yet, but not a refused one', async () => {
    const user = await studio.user();
    const stream = await everything(user);
    await stream.until(isSnapshot);
    await studio.fixture.owner.query('UPDATE accounts SET unfinished_limit = 0 WHERE id = $1', [user.accountId]);
    await studio.client.problem('createGeneration', { token: user.token, id: user.projectId, body: BODY });
    studio.workflows.outage = 'workers';
    const id = await start(user).finally(() => {
      studio.workflows.outage = 'none';
    });
    await stream.until(isGeneration(id, 'requested'));
    expect(stream.seen.filter(({ name }) => name === 'generation')).toHaveLength(1);
    stream.cut();
  });

  it('sends each stream a new snapshot after the listening connection was lost', async () => {
    const user = await studio.user();
    const id = await start(user);
    const [all, one] = [await everything(user), await oneGeneration(user, id)];
    await Promise.all([all.until(isSnapshot), one.until(isSnapshot)]);
    await killListener();
    // No listener receives this change.
    await markProcessing(studio.fixture.database, id, { stage: 'generating' });
    const isNewSnapshot = (event: SeenEvent) =>
      event.name === 'snapshot' && event.data.generations.some(({ status }) => status === 'processing');
    const isReceived = (event: SeenEvent) => isNewSnapshot(event) || isGeneration(id, 'processing')(event);
    await Promise.all([all.until(isReceived), one.until(isReceived)]);
    await expect.poll(() => studio.logged.filter((entry) => entry.includes('listening for changes')).length).toBe(2);
    await fail(id);
    await all.until(isGeneration(id, 'failed'));
    await one.until(isGeneration(id, 'failed'));
    await one.ended;
    all.cut();
  });

  it('allows five concurrent streams an account, and another one after one was closed', async () => {
    const user = await studio.user();
    const open = await Promise.all(Array.from({ length: 5 }, () => everything(user)));
    const sixth = await fetch(`${studio.address}/api/v1/events`, {
      headers: { Authorization: `Bearer ${user.token}` },
    });
    expect(sixth.status).toBe(429);
    expect((await problemOf(sixth)).code).toBe('rate_limited');
    expect(Number(sixth.headers.get('Retry-After'))).toBeGreaterThan(0);
    open[0]?.cut();
    const again = async () => {
      const stream = await everything(user);
      stream.cut();
      return stream.status;
    };
    await expect.poll(again).toBe(200);
    for (const stream of open) stream.cut();
  });

  it('ends when the token expires', async () => {
    const user = await studio.user();
    // Expiry is in whole seconds; the clock tolerance still accepts the token.
    const token = await studio.tokens.forUser({ sub: user.subject, tier: 'free' }, 1);
    const stream = await everything({ token });
    await stream.until(isSnapshot);
    await stream.ended;
    expect(stream.retries).toHaveLength(2);
  });

  it('runs no database statement while nothing changes', async () => {
    const user = await studio.user();
    const streams = await Promise.all([everything(user), everything(user)]);
    await Promise.all(streams.map((stream) => stream.until(isSnapshot)));
    await sleep(1_500);
    const statements = async () => {
      const { rows } = await studio.fixture.owner.query<{ latest: Date }>(
        `SELECT max(query_start) AS latest FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'test'`,
      );
      return rows[0]!.latest.getTime();
    };
    const before = await statements();
    await sleep(2_500);
    expect(await statements()).toBe(before);
    for (const stream of streams) stream.cut();
  });
});

describe('GET /generations/:id/events', () => {
  it('sends the changes of the generation, and ends after its final status', async () => {
    const user = await studio.user();
    const [id, other] = [await start(user), await start(user)];
    const stream = await oneGeneration(user, id);
    await stream.until(isSnapshot);
    await fail(other);
    await markProcessing(studio.fixture.database, id, { stage: 'generating' });
    await fail(id);
    await stream.ended;
    const last = stream.seen.at(-1);
    expect(last).toMatchObject({ name: 'generation', data: { id, status: 'failed', creditsReturned: 10 } });
    expect(stream.seen.every(({ name }) => ['snapshot', 'generation', 'queue'].includes(name))).toBe(true);
    expect(JSON.stringify(stream.seen)).not.toContain(other);
  });

  it('sends only a snapshot for a generation that has ended', async () => {
    const user = await studio.user();
    const id = await start(user);
    await fail(id);
    const stream = await oneGeneration(user, id);
    await stream.ended;
    expect(stream.seen.map(({ name }) => name)).toEqual(['snapshot']);
  });

  it('accepts an id in upper case', async () => {
    const user = await studio.user();
    const id = await start(user);
    const stream = await oneGeneration(user, id.toUpperCase());
    await stream.until(isSnapshot);
    await fail(id);
    await stream.ended;
    expect(stream.seen.at(-1)).toMatchObject({ name: 'generation', data: { id, status: 'failed' } });
  });

  it('answers 405 to a HEAD request', async () => {
    const user = await studio.user();
    const response = await fetch(`${studio.address}/api/v1/events`, {
      method: 'HEAD',
      headers: { Authorization: `Bearer ${user.token}` },
    });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET');
  });

  it("answers 404 for another user's generation", async () => {
    const id = await start(await studio.user());
    const { token } = await studio.user({ role: 'admin' });
    const { status } = await studio.client.problem('watchGeneration', { token, id });
    expect(status).toBe(404);
  });
});
