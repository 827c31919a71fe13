import { describe, expect, it } from 'vitest';
import { readAccount } from '../queries/accounts/accounts.ts';
import { readAvatar } from '../queries/avatars/avatars.ts';
import { eraseAccount } from '../queries/accounts/erasure.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant } from '#tests/support/database/world.ts';
import { record } from './record.ts';
import { refund } from './refund.ts';

const fixture = useDatabase();

describe('refund', () => {
  it('refunds the whole price once and leaves the avatar', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const avatar = anAvatar(tenant.account.id);
    await record(fixture.database, id, avatar);
    expect(await refund(fixture.database, id, 'it has six fingers')).toEqual({
      kind: 'refunded',
      replay: false,
      amount: 10,
    });
    expect(await refund(fixture.database, id, 'again')).toEqual({ kind: 'refunded', replay: true, amount: 10 });
    expect((await readAccount(fixture.database, tenant.account.id))!.posted).toBe(100);
    expect(await readAvatar(fixture.database, tenant.account.id, avatar.id)).toBeDefined();
  });

  it('refunds nothing to an erased account', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    await record(fixture.database, id, anAvatar(tenant.account.id));
    await eraseAccount(fixture.database, tenant.account.id);
    expect(await refund(fixture.database, id, 'too late')).toEqual({ kind: 'account_erased' });
    expect((await readAccount(fixture.database, tenant.account.id))!.posted).toBe(90);
  });

  it('returns `nothing_to_refund` for a generation that was not charged', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    expect(await refund(fixture.database, id, 'why not')).toEqual({ kind: 'nothing_to_refund' });
  });
});
