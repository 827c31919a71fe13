import { describe, expect, it } from 'vitest';
import { adminApi } from '#tests/api/admin-api.ts';

let triggered = 0;
const { studio, admin, audit } = adminApi({ reconciler: { trigger: async () => void (triggered += 1) } });

describe('POST /admin/reconcile', () => {
  it('triggers the reconciler, and audits it', async () => {
    const before = triggered;
    const { status, body: answer } = await studio.client.ok('triggerReconcile', { token: admin.token });
    expect([status, answer]).toEqual([202, { triggered: true }]);
    expect(triggered).toBe(before + 1);
    expect(await audit({ act: 'reconcile.trigger', actorId: admin.accountId })).toMatchObject([{ outcome: 'done' }]);
  });
});
