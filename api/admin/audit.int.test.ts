import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { examplesOf } from '#contract/openapi/schemas.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import { adminApi } from '#tests/api/admin-api.ts';

let triggered = 0;
const { studio, admin, createGeneration, audit } = adminApi({
  reconciler: { trigger: async () => void (triggered += 1) },
});

describe('the admin audit', () => {
  it('is forbidden to users, as are all admin acts', async () => {
    const { token } = await studio.user();
    expect((await studio.client.problem('listAudit', { token })).status).toBe(403);
    expect((await studio.client.problem('setNewGenerations', { token, body: { paused: true } })).status).toBe(403);
  });

  it('can be neither changed nor deleted by the application or by the owner of the database', async () => {
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

  it('shows the outcome of an act as unknown when its process died', async () => {
    const id = randomUUID();
    const text = `INSERT INTO admin_audit (id, actor_id, act, target, request_id) VALUES ($1, $1, 'account.read', 'died', 'r')`;
    await studio.fixture.database.call('t.begin', text, [id]);
    expect(await audit({ target: 'died' })).toMatchObject([{ id, outcome: 'unknown', status: null }]);
  });
});

describe('an admin who acts on what belongs to others', () => {
  it.each([
    ['readGenerationWorkflow', 'generation.read', {}],
    ['setGenerationPriority', 'generation.prioritize', { body: { priority: 5 } }],
  ] as const)('is audited by %s, and not for their own', async (name, act, request) => {
    const [theirs, own] = [await createGeneration(await studio.user()), await createGeneration(admin)];
    for (const id of [theirs, own]) await studio.client.raw(name, { token: admin.token, id, ...request });
    expect(await audit({ target: theirs })).toMatchObject([{ act, actorId: admin.accountId }]);
    expect(await audit({ target: own })).toEqual([]);
  });

  it('is audited when reading the usage of all accounts', async () => {
    const count = async () => (await audit({ act: 'usage.read' })).length;
    const before = await count();
    const reads = [
      ['readUsageSummary', {}],
      ['readUsageTrends', {}],
      ['readUsageCosts', { by: 'provider' }],
    ] as const;
    for (const [name, query] of reads) {
      for (const account of ['mine', 'all']) {
        const { status } = await studio.client.raw(name, { token: admin.token, query: { ...query, account } });
        expect(status).toBe(200);
      }
    }
    expect(await count()).toBe(before + 3);
  });

  it('leaves a record with every successful request for what belongs to others', async () => {
    const user = await studio.user();
    const generationId = await createGeneration(user);
    const ids = { generations: generationId, projects: user.projectId, accounts: user.accountId };
    const routes = (Object.entries(ROUTES) as [RouteName, Route][]).filter(([, { params }]) => params !== undefined);
    for (const [name, route] of routes) {
      const id = Object.entries(ids).find(([kind]) => route.path.includes(`/${kind}/:id`))?.[1];
      if (id === undefined) continue;
      const [newest] = await audit({});
      const [example] = route.body ? examplesOf(route.body) : [];
      const response = await studio.client.raw(name, {
        token: admin.token,
        id,
        ...(example !== undefined && { body: example as Record<string, unknown> }),
      });
      const recorded = (await audit({}))[0]?.id !== newest?.id;
      expect({ name, isRecorded: response.status >= 400 || recorded }).toEqual({ name, isRecorded: true });
    }
  });
});
