import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { beginAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';
import { until } from '#tests/support/until.ts';

let triggered = 0;
const studio = testApi({ reconciler: { trigger: async () => void (triggered += 1) } });
const body = { sourceType: 'text_to_image', prompt: 'a lamplighter' } as const;

let admin: TestUser;
beforeAll(async () => {
  admin = await studio.user({ role: 'admin' });
});
beforeEach(() => {
  studio.workflows.outage = 'none';
});

async function createGeneration({ token, projectId }: TestUser, options: object = {}): Promise<string> {
  const created = await studio.client.ok('createGeneration', { token, id: projectId, body: { ...body, ...options } });
  return created.body.id;
}

async function deliveredGeneration(user: TestUser): Promise<string> {
  const id = await createGeneration(user);
  await record(studio.fixture.database, id, anAvatar(user.accountId));
  return id;
}

const audit = async (query: Record<string, string>) =>
  (await studio.client.ok('listAudit', { token: admin.token, query })).body.data;

describe('GET /admin/accounts/:id', () => {
  it('returns balance, statement and generations, and audits the read', async () => {
    const user = await studio.user();
    const generationId = await deliveredGeneration(user);
    const request = { token: admin.token, id: user.accountId };
    const { body: account } = await studio.client.ok('readAdminAccount', request);
    expect(account).toMatchObject({
      credits: { posted: 90, held: 0, available: 90 },
      limits: { usedToday: 1, unfinishedNow: 0 },
      ledger: { total: 3, newest: [{ kind: 'capture' }, { kind: 'reserve' }, { kind: 'topup', reference: 'starter' }] },
      generations: { total: 1, newest: [{ id: generationId, status: 'completed' }] },
    });
    const [act] = await audit({ target: user.accountId });
    expect(act).toMatchObject({ act: 'account.read', actorId: admin.accountId, outcome: 'done', status: 200 });
  });

  it('answers 404 for an unknown account, and audits the attempt', async () => {
    const id = randomUUID();
    expect((await studio.client.problem('readAdminAccount', { token: admin.token, id })).status).toBe(404);
    expect(await audit({ target: id })).toMatchObject([
      { outcome: 'refused', status: 404, result: { code: 'not_found' } },
    ]);
  });
});

describe('POST /admin/accounts/:id/block', () => {
  /** Promised within a second; a busy machine needs more. */
  const SEEN = { timeoutMs: 5_000, what: 'that every instance knows of the block' };
  const block = (id: string, blocked: boolean) =>
    studio.client.ok('setAccountBlock', { token: admin.token, id, body: { blocked, reason: 'Sells its credits' } });

  it('refuses everybody who acts for the account on every instance, ends streams, and returns credits', async () => {
    const other = await studio.startInstance();
    const { token, accountId, subject, projectId } = await studio.user();
    const generationId = await createGeneration({ token, accountId, subject, projectId });
    const scopes = ['avatars:read'] as const;
    const { body: key } = await studio.client.ok('createApiKey', {
      token,
      body: { name: 'Script', scopes: [...scopes], expiresInDays: 1 },
    });
    const service = {
      token: await studio.tokens.forService({ sub: 'chat', scopes: [...scopes] }),
      headers: { 'X-On-Behalf-Of': subject },
    };
    const callers = [{ token }, { token: key.key }, service];
    for (const caller of callers) for (const { client } of [studio, other]) await client.ok('readCredits', caller);
    const stream = await other.client.raw('watchEverything', { token });

    const { body: blocked } = await block(accountId, true);
    expect(blocked).toEqual({ blockedAt: expect.any(String), cancelled: 1, notReached: 0 });
    await stream.text();
    const answer = async (client: typeof studio.client, caller: (typeof callers)[number]) => {
      const response = await client.raw('readCredits', caller);
      return `${response.status} ${(await response.json()).code}`;
    };
    for (const caller of callers) {
      for (const { client } of [studio, other]) {
        await until(async () => (await answer(client, caller)) === '403 account_blocked', SEEN);
      }
    }
    const { body: account } = await studio.client.ok('readAdminAccount', { token: admin.token, id: accountId });
    expect(account).toMatchObject({
      blockedAt: blocked.blockedAt,
      credits: { posted: 100, held: 0 },
      generations: { newest: [{ id: generationId, status: 'cancelled' }] },
    });

    expect((await block(accountId, false)).body).toEqual({ blockedAt: null, cancelled: 0, notReached: 0 });
    await until(async () => (await other.client.raw('readCredits', { token: key.key })).status === 200, SEEN);
    const acts = (await audit({ target: accountId })).filter(({ act }) => act === 'account.block');
    expect(acts).toMatchObject([
      { body: { blocked: false, reason: 'Sells its credits' }, outcome: 'done' },
      { body: { blocked: true }, result: { cancelled: 1, notReached: 0 } },
    ]);
  });

  it('lets nothing be delivered or charged that it asked to cancel, whether it reached the workflow or not', async () => {
    const user = await studio.user();
    const [reached, missed] = [await createGeneration(user), await createGeneration(user)];
    const { database, owner } = studio.fixture;
    studio.workflows.outage = 'temporal';
    expect((await block(user.accountId, true)).body).toMatchObject({ cancelled: 0, notReached: 2 });
    expect(await record(database, missed, anAvatar(user.accountId))).toEqual({ kind: 'cancelled' });
    studio.workflows.outage = 'none';
    expect((await block(user.accountId, true)).body).toMatchObject({ cancelled: 2, notReached: 0 });
    for (const id of [reached, missed])
      expect(await record(database, id, anAvatar(user.accountId))).toMatchObject({ kind: 'lost' });
    const { body: account } = await studio.client.ok('readAdminAccount', { token: admin.token, id: user.accountId });
    expect(account.credits).toEqual({ posted: 100, held: 0, available: 100 });
    const { rows } = await owner.query('SELECT violation FROM ledger_audit WHERE id = ANY($1)', [
      [user.accountId, reached, missed],
    ]);
    expect(rows).toEqual([]);
  });

  it('is refused for one’s own account, and for one that does not exist', async () => {
    const act = { token: admin.token, body: { blocked: true, reason: 'x' } };
    const own = await studio.client.problem('setAccountBlock', { ...act, id: admin.accountId });
    const missing = await studio.client.problem('setAccountBlock', { ...act, id: randomUUID() });
    expect([own.status, missing.status]).toEqual([409, 404]);
    expect((await studio.client.raw('readCredits', { token: admin.token })).status).toBe(200);
  });
});

describe('POST /admin/accounts/:id/refund', () => {
  const refund = (user: TestUser, generationId: string) => ({
    token: admin.token,
    id: user.accountId,
    body: { generationId, reason: 'six fingers' },
  });

  it('returns the charged credits once, however many identical requests arrive at the same time', async () => {
    const user = await studio.user();
    const generationId = await deliveredGeneration(user);
    const request = refund(user, generationId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => studio.client.ok('refundGeneration', request)));
    expect(new Set(answers.map((answer) => answer.body.amount))).toEqual(new Set([10]));
    expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
    const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
    expect(credits).toEqual({ posted: 100, held: 0, available: 100 });
    const acts = await audit({ act: 'account.refund', target: user.accountId });
    expect(acts).toHaveLength(8);
    expect(acts.filter(({ result }) => result.replayed === false)).toHaveLength(1);
    expect(acts[0]?.body).toEqual({ generationId, reason: 'six fingers' });
  });

  it('answers conflict for a generation that was never charged, and 404 for one of another account', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const unfinished = await createGeneration(user);
    const refused = (who: TestUser) => studio.client.problem('refundGeneration', refund(who, unfinished));
    expect((await refused(user)).body.code).toBe('conflict');
    expect((await refused(other)).body.code).toBe('not_found');
  });
});

describe('POST /admin/providers/:name', () => {
  const set = (name: string, enabled: boolean) =>
    studio.client.ok('setProvider', { token: admin.token, id: name, body: { enabled } });
  const planOf = async (user: TestUser) => {
    const id = await createGeneration(user);
    const rows = await studio.fixture.owner.query<{ plan: { provider: string }[] }>(
      'SELECT plan FROM avatar_generations WHERE id = $1',
      [id],
    );
    return [...new Set(rows.rows[0]!.plan.map(({ provider }) => provider))];
  };

  it('excludes a disabled provider from new plans until it is enabled again', async () => {
    const user = await studio.user({ tier: 'pro' });
    expect(await planOf(user)).toEqual(['replicate', 'illustrator']);
    const { body: switches } = await set('replicate', false);
    expect(switches.providers.find(({ name }) => name === 'replicate')).toMatchObject({
      enabled: false,
      configured: true,
    });
    await expect.poll(() => planOf(user)).toEqual(['illustrator']);
    await set('replicate', true);
    await expect.poll(() => planOf(user)).toEqual(['replicate', 'illustrator']);
  });

  it('answers 404 for an unknown provider', async () => {
    const request = { token: admin.token, id: 'crayon', body: { enabled: false } };
    expect((await studio.client.problem('setProvider', request)).status).toBe(404);
  });
});

describe('POST /admin/generations/cancel', () => {
  const cancel = (filter: Record<string, unknown>) =>
    studio.client.ok('cancelGenerations', { token: admin.token, body: filter });

  it('cancels the oldest matching generations, returns their credits and reports whether there are more', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const ids = [await createGeneration(user), await createGeneration(user), await createGeneration(user)];
    const otherId = await createGeneration(other);
    const first = await cancel({ accountId: user.accountId, limit: 2, reason: 'outage' });
    expect(first.status).toBe(202);
    expect(first.body).toMatchObject({ count: 2, notReached: [], more: true });
    expect(first.body.ids.toSorted()).toEqual(ids.slice(0, 2).toSorted());
    expect((await cancel({ accountId: user.accountId })).body).toMatchObject({
      count: 1,
      ids: [ids[2]],
      more: false,
    });
    const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
    expect(credits).toEqual({ posted: 100, held: 0, available: 100 });
    const { body: unaffected } = await studio.client.ok('readGeneration', { token: other.token, id: otherId });
    expect(unaffected.status).toBe('pending');
    const [last] = await audit({ act: 'generations.cancel' });
    expect(last?.result).toMatchObject({ ids: [ids[2]] });
  });

  it('lists the generations whose workflow could not be signaled', async () => {
    const user = await studio.user();
    const id = await createGeneration(user);
    studio.workflows.outage = 'temporal';
    expect((await cancel({ accountId: user.accountId })).body).toMatchObject({ count: 0, ids: [], notReached: [id] });
  });

  it('filters by age, status and provider', async () => {
    const user = await studio.user();
    const generationId = await createGeneration(user, { options: { provider: 'illustrator' } });
    const only = { accountId: user.accountId };
    expect((await cancel({ ...only, olderThanSeconds: 60 })).body.count).toBe(0);
    expect((await cancel({ ...only, status: 'processing' })).body.count).toBe(0);
    expect((await cancel({ ...only, provider: 'replicate' })).body.count).toBe(0);
    expect((await cancel({ ...only, provider: 'illustrator', status: 'pending' })).body.ids).toEqual([generationId]);
  });

  it('refuses a request without a filter', async () => {
    const { body: refused } = await studio.client.problem('cancelGenerations', {
      token: admin.token,
      body: { limit: 5 },
    });
    expect(refused.code).toBe('validation_failed');
  });
});

describe('GET /admin/generations/:id/diagnosis', () => {
  const diagnose = async (id: string) =>
    (await studio.client.ok('diagnoseGeneration', { token: admin.token, id })).body;

  it('returns queue position, workflow, providers and a conclusion', async () => {
    const user = await studio.user();
    const id = await createGeneration(user);
    // The queue is read a few times a second, so a new generation appears in it with a delay.
    await expect.poll(async () => (await diagnose(id)).summary).toMatch(/number \d+ in the queue/);
    const answer = await diagnose(id);
    expect(answer).toMatchObject({
      stuck: false,
      accountId: user.accountId,
      generation: { id, status: 'pending' },
      workflow: { state: 'RUNNING' },
      attempts: [],
      newGenerationsPaused: false,
    });
    expect(answer.providers.find(({ name }) => name === 'replicate')).toMatchObject({
      configured: true,
      enabled: true,
    });
  });

  it('returns the open attempt, and reports that the workflow no longer runs', async () => {
    const user = await studio.user();
    const id = await createGeneration(user);
    const attempt = {
      generationId: id,
      ordinal: 0,
      provider: 'replicate',
      model: 'black-forest-labs/flux-schnell',
    } as const;
    await beginAttempt(studio.fixture.database, attempt);
    studio.workflows.running.delete(id);
    const answer = await diagnose(id);
    expect(answer).toMatchObject({ stuck: true, attempts: [{ provider: 'replicate', state: 'created' }] });
    expect(answer.advice).toMatch(/reconciler/);
  });

  it('returns a null workflow while Temporal is unreachable', async () => {
    const id = await createGeneration(await studio.user());
    studio.workflows.outage = 'temporal';
    expect(await diagnose(id)).toMatchObject({ stuck: true, workflow: null });
  });
});

describe('POST /admin/reconcile', () => {
  it('triggers the reconciler, and audits it', async () => {
    const before = triggered;
    const { status, body: answer } = await studio.client.ok('triggerReconcile', { token: admin.token });
    expect([status, answer]).toEqual([202, { triggered: true }]);
    expect(triggered).toBe(before + 1);
    expect(await audit({ act: 'reconcile.trigger', actorId: admin.accountId })).toMatchObject([{ outcome: 'done' }]);
  });
});
