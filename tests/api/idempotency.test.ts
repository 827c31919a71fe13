import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { LEXICON } from '#domain/moderation/prompt-lexicon.ts';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { useDatabase } from '../support/database/fixture.ts';
import { createLossyDatabase, type LossyDatabase } from '../support/database/lossy-database.ts';
import { anAvatar } from '../support/database/world.ts';
import { createTestBucket } from '../support/stack.ts';
import { CREATING_POSTS, type CreatingPost, type CreatingRoute, OTHER_POSTS, type World } from './creating-posts.ts';
import { createLedgerWorkflows } from './ledger-workflows.ts';
import { serveApi, testKey, type ServedApi } from './serve-api.ts';

/** Enough that some arrive while others are being answered. */
const CONCURRENT = 8;
/** Of a new free account, and of one portrait. */
const [CREDITS, PRICE] = [100, 10];
/** More statements than any request needs. */
const STATEMENTS_MAX = 40;

const fixture = useDatabase({ poolSize: 12 });
/** The API's connection; the ledger of the workflows has its own. */
let database: LossyDatabase;
let store: ImageStore;
const demoTokens = createDemoTokens(testKey());
let api: ServedApi;

/** A new API process with workflows that remember nothing: as after Temporal's retention. */
async function startApi(): Promise<void> {
  const workflows = createLedgerWorkflows(fixture.database);
  api = await serveApi({
    database,
    listenUrl: fixture.urls.url,
    store,
    demoTokens,
    workflows: {
      ...workflows,
      async admit(start) {
        const outcome = await workflows.admit(start);
        const isNew = outcome?.kind === 'admitted' && start.sourceType === 'upload';
        if (isNew) await record(fixture.database, start.generationId, anAvatar(start.accountId));
        return outcome;
      },
    },
  });
}

beforeAll(async () => {
  database = createLossyDatabase(fixture.database);
  const { bucket, endpoint, clientEmail, privateKey } = await createTestBucket();
  store = createGcsImageStore({
    bucket,
    endpoint,
    credentials: { clientEmail: clientEmail ?? '', privateKey: privateKey ?? '' },
  });
  await startApi();
});
afterAll(() => api.stop());

const PORTRAIT = { sourceType: 'text_to_image', prompt: 'a portrait' } as const;

async function requestPortrait({ token, projectId: id }: World['user']): Promise<string> {
  return (await api.client.ok('createGeneration', { token, id, body: PORTRAIT })).body.id;
}

/** A user with 100 credits, and what the post needs. */
async function worldFor({ needs }: Pick<CreatingPost, 'needs'>): Promise<World> {
  const user = await api.user();
  const service = await api.tokens.forService({ sub: 'chat', scopes: ['generations:write', 'usage:write'] });
  const avatar = anAvatar(user.accountId);
  if (needs === 'avatar') await record(fixture.database, await requestPortrait(user), avatar);
  const failures = needs === 'failures' ? [await requestPortrait(user), await requestPortrait(user)] : ['', ''];
  for (const generationId of failures) if (generationId !== '') await fail(generationId);
  return { user, service, avatarId: avatar.id, failedIds: failures as [string, string] };
}

const fail = (generationId: string) =>
  release(fixture.database, { generationId, status: 'failed', failure: { code: 'deadline', message: 'late' } });

/** What exists: rows of the created kind, and holds beyond those of the preparation. */
async function existing({ countedBy }: CreatingPost, { user }: World): Promise<{ rows: number; holds: number }> {
  const count = async (text: string) =>
    (await fixture.owner.query<{ count: number }>(text, [user.accountId])).rows[0]!.count;
  const holds = await count(
    `SELECT count(*)::int AS count FROM credit_transfers t JOIN avatar_generations g ON g.id = t.generation_id
     WHERE t.account_id = $1 AND t.kind = 'reserve' AND (g.retry_of IS NOT NULL OR g.request->>'prompt' IS DISTINCT FROM '${PORTRAIT.prompt}')`,
  );
  return { rows: await count(countedBy), holds };
}

interface Answered {
  readonly status: number;
  readonly replayed: boolean;
  readonly id: string;
  readonly code: string | undefined;
}

async function answerOf(sent: Promise<Response>): Promise<Answered> {
  const response = await sent;
  const body = (await response.json()) as {
    readonly id?: string;
    readonly url?: string;
    readonly code?: string;
    readonly use?: { readonly id: string };
    readonly generation?: { readonly id: string };
  };
  return {
    status: response.status,
    replayed: response.headers.get('Idempotent-Replayed') === 'true',
    // An upload's avatar names its generation, which is the answer as long as there is no avatar.
    id: body.generation?.id ?? body.id ?? body.use?.id ?? body.url ?? '',
    code: body.code,
  };
}

const posts = Object.entries(CREATING_POSTS) as [CreatingRoute, CreatingPost][];
const once = ({ holds }: CreatingPost) => ({ rows: 1, holds });

it('every POST of the route table takes an Idempotency-Key, or may be repeated without one', () => {
  const inTable = Object.entries(ROUTES).filter(([, { method }]) => method === 'post');
  const known = [...Object.keys(CREATING_POSTS), ...Object.keys(OTHER_POSTS)];
  expect(known.toSorted()).toEqual(inTable.map(([name]) => name).toSorted());
  const takingKeys = inTable.filter(([, route]) => (route as Route).idempotent).map(([name]) => name);
  expect(Object.keys(CREATING_POSTS).toSorted()).toEqual(takingKeys.toSorted());
});

describe.each(posts)('the Idempotency-Key of %s', (_route, post) => {
  it('gives the same resource again, marked as replayed; another body is refused with 422', async () => {
    const world = await worldFor(post);
    const first = await answerOf(post.send(api, world, 'k', 'one'));
    const again = await answerOf(post.send(api, world, 'k', 'one'));
    expect([first.replayed, again]).toEqual([false, { ...first, replayed: true }]);
    const other = await answerOf(post.send(api, world, 'k', 'other'));
    expect([other.status, other.code]).toEqual([422, 'idempotency_mismatch']);
    expect(await existing(post, world)).toEqual(once(post));
  });

  it('makes one resource of concurrent requests, of which one alone is not a replay', async () => {
    const world = await worldFor(post);
    const answers = await Promise.all(
      Array.from({ length: CONCURRENT }, () => answerOf(post.send(api, world, 'k', 'one'))),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await existing(post, world)).toEqual(once(post));
  });

  it('makes one resource in all when the database goes away, before whichever statement, and the request is sent again', async () => {
    for (let statements = 0; ; statements += 1) {
      const world = await worldFor(post);
      database.goAwayAfter(statements);
      const first = await answerOf(post.send(api, world, 'k', 'one'));
      const wasReached = database.isAway;
      database.comeBack();
      const again = await answerOf(post.send(api, world, 'k', 'one'));
      expect([again.status < 300, statements, again]).toContain(true);
      expect(again.id).toBe(first.status < 300 ? first.id : again.id);
      expect([statements, await existing(post, world)]).toEqual([statements, once(post)]);
      if (!wasReached) break;
      expect(statements).toBeLessThan(STATEMENTS_MAX);
    }
  });
});

describe('an Idempotency-Key', () => {
  it('is still known 25 hours later, to a new API process, with no workflow history left', async () => {
    const worlds = await Promise.all(posts.map(([, post]) => worldFor(post)));
    const sendAll = () =>
      Promise.all(posts.map(([, post], index) => answerOf(post.send(api, worlds[index]!, 'k', 'one'))));
    const first = await sendAll();
    await api.stop();
    for (const table of ['avatar_projects', 'avatar_presets', 'webhooks', 'uploads', 'avatar_generations', 'batches']) {
      await fixture.owner.query(`UPDATE ${table} SET created_at = created_at - interval '25 hours'`);
    }
    await fixture.owner.query(`UPDATE uploads SET expires_at = expires_at - interval '25 hours'`);
    await startApi();
    const again = await sendAll();
    for (const [index, [route, post]] of posts.entries()) {
      const expected =
        // A reference image lives for a day, and a webhook's secret is shown again for ten minutes only.
        route === 'createUpload' || route === 'createWebhook'
          ? { status: 409, replayed: false, id: '', code: 'conflict' }
          : { ...first[index]!, replayed: true };
      expect([route, again[index]]).toEqual([route, expected]);
      expect([route, await existing(post, worlds[index]!)]).toEqual([route, once(post)]);
    }
  });

  it('is not used up by a refusal: after a top-up, the same request is admitted once', async () => {
    for (const [route, post] of posts.filter(([, { holds }]) => holds > 0)) {
      const world = await worldFor(post);
      const { accountId } = world.user;
      for (let portrait = 0; portrait < CREDITS / PRICE; portrait += 1) await requestPortrait(world.user);
      const refused = await answerOf(post.send(api, world, 'k', 'one'));
      expect([route, refused.status, refused.code]).toEqual([route, 402, 'insufficient_credits']);
      await topup(fixture.database, { accountId, amount: 100, reference: randomUUID() });
      const admitted = await answerOf(post.send(api, world, 'k', 'one'));
      expect([route, admitted.status < 300]).toEqual([route, true]);
      expect([route, (await answerOf(post.send(api, world, 'k', 'one'))).id]).toEqual([route, admitted.id]);
      expect([route, await existing(post, world)]).toEqual([route, once(post)]);
    }
  });

  it('is not used up by a prompt that may not be generated: a reworded one is accepted under it', async () => {
    const { user } = await worldFor({});
    const send = (prompt: string) =>
      api.client.raw('createGeneration', {
        token: user.token,
        id: user.projectId,
        headers: { 'Idempotency-Key': 'k' },
        body: { sourceType: 'text_to_image', prompt },
      });
    expect((await answerOf(send(`a ${LEXICON.minor[0]}, ${LEXICON.explicit[0]}`))).code).toBe('prompt_not_allowed');
    expect((await answerOf(send('a woman in a coat'))).status).toBe(202);
  });

  it('gives the failed generation again, and starts no other one', async () => {
    for (const [route, post] of posts.filter(([name, { holds }]) => holds === 1 && name !== 'uploadAvatar')) {
      const world = await worldFor(post);
      const { id } = await answerOf(post.send(api, world, 'k', 'one'));
      await fail(id);
      expect([route, (await answerOf(post.send(api, world, 'k', 'one'))).id]).toEqual([route, id]);
      expect([route, await existing(post, world)]).toEqual([route, once(post)]);
      const { body } = await api.client.ok('readCredits', { token: world.user.token });
      expect([route, body.held]).toEqual([route, 0]);
    }
  });

  it('of a top-up is its reference: one amount, whatever is repeated', async () => {
    const { user } = await worldFor({});
    const token = await api.tokens.forService({ sub: 'till', scopes: ['credits:write'] });
    const reference = randomUUID();
    const pay = (amount: number) =>
      answerOf(api.client.raw('createTopup', { token, body: { userId: user.subject, amount, reference } }));
    const answers = await Promise.all(Array.from({ length: CONCURRENT }, () => pay(50)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await pay(60)).code).toBe('idempotency_mismatch');
    const { body } = await api.client.ok('readCredits', { token: user.token });
    expect(body.posted).toBe(CREDITS + 50);
  });
});
