import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { beginAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

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

async function begin({ token, projectId }: TestUser, options: object = {}): Promise<string> {
  const asked = await studio.client.ok('createGeneration', { token, id: projectId, body: { ...body, ...options } });
  return asked.body.id;
}

async function delivered(user: TestUser): Promise<string> {
  const id = await begin(user);
  await record(studio.fixture.database, id, anAvatar(user.accountId));
  return id;
}

const audit = async (query: Record<string, string>) =>
  (await studio.client.ok('listAudit', { token: admin.token, query })).body.data;

describe('an account', () => {
  it('is shown with its balance, statement and generations, and the look is audited', async () => {
    const user = await studio.user();
    const generationId = await delivered(user);
    const ask = { token: admin.token, id: user.accountId };
    const { body: account } = await studio.client.ok('readAdminAccount', ask);
    expect(account).toMatchObject({
      credits: { posted: 90, held: 0, available: 90 },
      limits: { usedToday: 1, unfinishedNow: 0 },
      ledger: { total: 3, newest: [{ kind: 'capture' }, { kind: 'reserve' }, { kind: 'topup', reference: 'starter' }] },
      generations: { total: 1, newest: [{ id: generationId, status: 'completed' }] },
    });
    const [look] = await audit({ target: user.accountId });
    expect(look).toMatchObject({ act: 'account.read', actorId: admin.accountId, outcome: 'done', status: 200 });
  });

  it('that does not exist is not found, and the attempt is audited', async () => {
    const id = randomUUID();
    expect((await studio.client.problem('readAdminAccount', { token: admin.token, id })).status).toBe(404);
    expect(await audit({ target: id })).toMatchObject([
      { outcome: 'refused', status: 404, result: { code: 'not_found' } },
    ]);
  });
});

describe('a refund', () => {
  const refund = (user: TestUser, generationId: string) => ({
    token: admin.token,
    id: user.accountId,
    body: { generationId, reason: 'six fingers' },
  });

  it('returns what was charged, once, however often and however parallel it is asked for', async () => {
    const user = await studio.user();
    const generationId = await delivered(user);
    const ask = refund(user, generationId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => studio.client.ok('refundGeneration', ask)));
    expect(new Set(answers.map((answer) => answer.body.amount))).toEqual(new Set([10]));
    expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
    const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
    expect(credits).toEqual({ posted: 100, held: 0, available: 100 });
    const acts = await audit({ act: 'account.refund', target: user.accountId });
    expect(acts).toHaveLength(8);
    expect(acts.filter(({ result }) => result.replayed === false)).toHaveLength(1);
    expect(acts[0]?.body).toEqual({ generationId, reason: 'six fingers' });
  });

  it('of what was never charged is a conflict, and of another account’s generation not found', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const unfinished = await begin(user);
    const ask = (who: TestUser) => studio.client.problem('refundGeneration', refund(who, unfinished));
    expect((await ask(user)).body.code).toBe('conflict');
    expect((await ask(other)).body.code).toBe('not_found');
  });
});

describe('the intake', () => {
  const pause = (paused: boolean) => studio.client.ok('setNewGenerations', { token: admin.token, body: { paused } });

  it('refuses new generations while paused, and lets everything else go on', async () => {
    const user = await studio.user();
    const headers = { 'Idempotency-Key': 'before' };
    const ask = { token: user.token, id: user.projectId, body, headers };
    const before = await studio.client.ok('createGeneration', ask);
    expect((await pause(true)).body.newGenerations.paused).toBe(true);
    try {
      const later = { token: user.token, id: user.projectId, body };
      await expect.poll(async () => (await studio.client.raw('createGeneration', later)).status).toBe(503);
      const refused = await studio.client.problem('createGeneration', later);
      expect(refused.body.code).toBe('unavailable');
      expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
      const replayed = await studio.client.ok('createGeneration', ask);
      expect(replayed.body.id).toBe(before.body.id);
      const cancelled = await studio.client.ok('cancelGeneration', { token: user.token, id: before.body.id });
      expect(cancelled.body.status).toBe('cancelled');
      expect((await studio.client.problem('retryGeneration', { token: user.token, id: before.body.id })).status).toBe(
        503,
      );
    } finally {
      await pause(false);
    }
    await expect
      .poll(async () => (await studio.client.raw('createGeneration', { ...ask, headers: {} })).status)
      .toBe(202);
    expect((await audit({ act: 'new_generations.set' })).map((act) => act.body)).toEqual([
      { paused: false },
      { paused: true },
    ]);
  });
});

describe('a provider', () => {
  const set = (name: string, enabled: boolean) =>
    studio.client.ok('setProvider', { token: admin.token, id: name, body: { enabled } });
  const planOf = async (user: TestUser) => {
    const id = await begin(user);
    const rows = await studio.fixture.owner.query<{ plan: { provider: string }[] }>(
      'SELECT plan FROM avatar_generations WHERE id = $1',
      [id],
    );
    return [...new Set(rows.rows[0]!.plan.map(({ provider }) => provider))];
  };

  it('that is switched off is in no new plan, until it is switched on again', async () => {
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

  it('of an unknown name is not found', async () => {
    const ask = { token: admin.token, id: 'crayon', body: { enabled: false } };
    expect((await studio.client.problem('setProvider', ask)).status).toBe(404);
  });
});

describe('cancelling by a filter', () => {
  const cancel = (filter: Record<string, unknown>) =>
    studio.client.ok('cancelGenerations', { token: admin.token, body: filter });

  it('stops the oldest that fit, returns their credits, and says when there were more', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const ids = [await begin(user), await begin(user), await begin(user)];
    const theirs = await begin(other);
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
    const { body: spared } = await studio.client.ok('readGeneration', { token: other.token, id: theirs });
    expect(spared.status).toBe('pending');
    const [last] = await audit({ act: 'generations.cancel' });
    expect(last?.result).toMatchObject({ ids: [ids[2]] });
  });

  it('names those whose workflow could not be told', async () => {
    const user = await studio.user();
    const id = await begin(user);
    studio.workflows.outage = 'temporal';
    expect((await cancel({ accountId: user.accountId })).body).toMatchObject({ count: 0, ids: [], notReached: [id] });
  });

  it('looks at age, status and provider', async () => {
    const user = await studio.user();
    const drawn = await begin(user, { options: { provider: 'illustrator' } });
    const only = { accountId: user.accountId };
    expect((await cancel({ ...only, olderThanSeconds: 60 })).body.count).toBe(0);
    expect((await cancel({ ...only, status: 'processing' })).body.count).toBe(0);
    expect((await cancel({ ...only, provider: 'replicate' })).body.count).toBe(0);
    expect((await cancel({ ...only, provider: 'illustrator', status: 'pending' })).body.ids).toEqual([drawn]);
  });

  it('without any filter is refused', async () => {
    const { body: refused } = await studio.client.problem('cancelGenerations', {
      token: admin.token,
      body: { limit: 5 },
    });
    expect(refused.code).toBe('validation_failed');
  });
});

describe('why', () => {
  const why = async (id: string) => (await studio.client.ok('diagnoseGeneration', { token: admin.token, id })).body;

  it('tells place, workflow, providers and what it comes down to', async () => {
    const user = await studio.user();
    const id = await begin(user);
    // The line is read a few times a second: a newcomer shows in it soon.
    await expect.poll(async () => (await why(id)).outcome).toMatch(/number \d+ in the queue/);
    const answer = await why(id);
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

  it('shows the attempt that is open, and that its workflow is gone', async () => {
    const user = await studio.user();
    const id = await begin(user);
    const attempt = {
      generationId: id,
      ordinal: 0,
      provider: 'replicate',
      model: 'black-forest-labs/flux-schnell',
    } as const;
    await beginAttempt(studio.fixture.database, attempt);
    studio.workflows.running.delete(id);
    const answer = await why(id);
    expect(answer).toMatchObject({ stuck: true, attempts: [{ provider: 'replicate', state: 'created' }] });
    expect(answer.advice).toMatch(/reconciler/);
  });

  it('is answered while Temporal is away, and says so', async () => {
    const id = await begin(await studio.user());
    studio.workflows.outage = 'temporal';
    expect(await why(id)).toMatchObject({ stuck: true, workflow: null });
  });
});

describe('the reconciler', () => {
  it('is triggered by an admin, which is audited', async () => {
    const before = triggered;
    const { status, body: answer } = await studio.client.ok('triggerReconcile', { token: admin.token });
    expect([status, answer]).toEqual([202, { triggered: true }]);
    expect(triggered).toBe(before + 1);
    expect(await audit({ act: 'reconcile.trigger', actorId: admin.accountId })).toMatchObject([{ outcome: 'done' }]);
  });
});

describe('the audit', () => {
  it('is forbidden to others, as are all acts', async () => {
    const { token } = await studio.user();
    expect((await studio.client.problem('listAudit', { token })).status).toBe(403);
    expect((await studio.client.problem('setNewGenerations', { token, body: { paused: true } })).status).toBe(403);
  });

  it('can be neither rewritten nor cut by the application, nor by the owner', async () => {
    await studio.client.ok('readAdminAccount', { token: admin.token, id: admin.accountId });
    const { database, owner } = studio.fixture;
    await expect(database.call('t.update', `UPDATE admin_audit SET target = 'x'`, [])).rejects.toThrow(
      /permission denied/,
    );
    await expect(database.call('t.delete', 'DELETE FROM admin_audit_outcomes', [])).rejects.toThrow(
      /permission denied/,
    );
    await expect(owner.query('DELETE FROM admin_audit')).rejects.toThrow(/append-only/);
  });

  it('shows an act whose process died on the way as unknown', async () => {
    const id = randomUUID();
    const text = `INSERT INTO admin_audit (id, actor_id, act, target, request_id) VALUES ($1, $1, 'account.read', 'died', 'r')`;
    await studio.fixture.database.call('t.begin', text, [id]);
    expect(await audit({ target: 'died' })).toMatchObject([{ id, outcome: 'unknown', status: null }]);
  });
});
