import { beforeAll, describe, expect, it } from 'vitest';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

let triggered = 0;
const studio = testApi({ reconciler: { trigger: async () => void (triggered += 1) } });

let admin: TestUser;
beforeAll(async () => {
  admin = await studio.user({ role: 'admin' });
});

const audit = async (query: Record<string, string>) =>
  (await studio.client.ok('listAudit', { token: admin.token, query })).body.data;

describe('POST /admin/reconcile', () => {
  it('triggers the reconciler, and audits it', async () => {
    const before = triggered;
    const { status, body: answer } = await studio.client.ok('triggerReconcile', { token: admin.token });
    expect([status, answer]).toEqual([202, { triggered: true }]);
    expect(triggered).toBe(before + 1);
    expect(await audit({ act: 'reconcile.trigger', actorId: admin.accountId })).toMatchObject([{ outcome: 'done' }]);
  });
});
