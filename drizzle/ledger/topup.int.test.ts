import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readAccount } from '../queries/accounts/accounts.ts';
import { eraseAccount } from '../queries/accounts/erasure.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { newTenant } from '#tests/support/database/world.ts';
import { UnknownInLedger } from './step.ts';
import { topup } from './topup.ts';

const fixture = useDatabase();

describe('topup', () => {
  it('adds credits once per reference', async () => {
    const { account } = await newTenant(fixture.database);
    const payment = { accountId: account.id, amount: 25, reference: 'order 7' };
    const first = await topup(fixture.database, payment);
    expect(first).toMatchObject({ kind: 'posted', replay: false });
    expect(await topup(fixture.database, payment)).toEqual({ ...first, replay: true });
    expect(await topup(fixture.database, { ...payment, amount: 26 })).toEqual({ kind: 'conflict' });
    expect((await readAccount(fixture.database, account.id))!.posted).toBe(125);
  });

  it('pays out one reference once, for any account and any spelling', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const payment = { accountId: tenant.account.id, amount: 25, reference: 'Order \u00E9 8' };
    await topup(fixture.database, payment);
    for (const other of [
      { ...payment, accountId: stranger.account.id },
      { ...payment, reference: 'ORDER \u00C9 8' },
      { ...payment, reference: ' Order\u00A0 \u200Be\u0301 \uFF18 ' },
    ]) {
      expect(await topup(fixture.database, other)).toEqual({ kind: 'conflict' });
    }
    expect((await readAccount(fixture.database, tenant.account.id))!.posted).toBe(125);
    expect((await readAccount(fixture.database, stranger.account.id))!.posted).toBe(100);
  });

  it('adds nothing to an erased account, and pays out none of its references again', async () => {
    const [erased, other] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const payment = { accountId: erased.account.id, amount: 25, reference: 'order 9' };
    await topup(fixture.database, payment);
    await eraseAccount(fixture.database, erased.account.id);
    expect(await topup(fixture.database, { ...payment, reference: 'order 10' })).toEqual({ kind: 'account_erased' });
    expect(await topup(fixture.database, payment)).toMatchObject({ kind: 'posted', replay: true });
    expect(await topup(fixture.database, { ...payment, accountId: other.account.id })).toEqual({ kind: 'conflict' });
    expect((await readAccount(fixture.database, erased.account.id))!.posted).toBe(125);
  });

  it.each([0, -5, 1.5, 1_000_000_001, 2 ** 53])('refuses to add %d', async (amount) => {
    const { account } = await newTenant(fixture.database);
    const refused = topup(fixture.database, { accountId: account.id, amount, reference: randomUUID() });
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/^2[23]/) });
    expect((await readAccount(fixture.database, account.id))!.posted).toBe(100);
  });

  it('throws UnknownInLedger for an account that does not exist', async () => {
    const unknown = topup(fixture.database, { accountId: randomUUID(), amount: 1, reference: 'x' });
    await expect(unknown).rejects.toBeInstanceOf(UnknownInLedger);
  });
});
