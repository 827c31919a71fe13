import { describe, expect, it, vi } from 'vitest';
import type { Database } from '#drizzle/connection/database.ts';
import type { Accounts } from '../auth/accounts.ts';
import { createTopup } from './create-topup.ts';

const OWN = { accountId: 'own', tier: 'free' } as const;
const metrics = { topups: { inc: () => undefined }, topupCredits: { inc: () => undefined } };
type OfUser = (subject: string, options: { opens: boolean }) => Promise<typeof OWN | undefined>;
/** A ledger in which an identical request has paid just now. */
const call = vi.fn<(name: string, ...rest: unknown[]) => Promise<unknown[]>>(async (name) => {
  if (name === 'ledger.topup') return [{ outcome: 'replayed', transfer_id: 'transfer' }];
  return [{}];
});

function topUp(ofUser: OfUser) {
  const accounts = { ofUser, forget: () => undefined } as unknown as Pick<Accounts, 'ofUser' | 'forget'>;
  const where = async () => [{ posted: 5, held: 0 }];
  const db = { select: () => ({ from: () => ({ where }) }) };
  const handle = createTopup({ database: { call, db } as unknown as Database, accounts, metrics: metrics as never });
  const body = { userId: 'ada', amount: 5, reference: 'order-1' };
  return handle({ body, caller: {} } as unknown as Parameters<typeof handle>[0]);
}

describe('a top-up of a user without an account, whose reference is paid out', () => {
  it('is a replay when an identical request opened the account meanwhile', async () => {
    const ofUser = vi.fn<OfUser>().mockResolvedValueOnce(undefined).mockResolvedValue(OWN);
    const { status, headers } = await topUp(ofUser);
    expect([status, headers]).toEqual([201, { 'Idempotent-Replayed': 'true' }]);
    expect(call).toHaveBeenCalledWith('ledger.topup', expect.anything(), ['own', 5, 'order-1', null]);
  });

  it('is refused when the user still has none, which is not opened for it', async () => {
    const ofUser = vi.fn<OfUser>().mockResolvedValue(undefined);
    await expect(topUp(ofUser)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    expect(ofUser).not.toHaveBeenCalledWith('ada', { opens: true });
  });
});
