import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SignInSignals } from '#domain/account/starter-credits.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { openAccount, readAccount, readAccountBySubject } from '../queries/accounts/accounts.ts';
import { eraseAccount } from '../queries/accounts/erasure.ts';
import { forgetStarterSignals } from '../queries/accounts/starter-signals.ts';
import { grantStarterCredits } from './grant-starter-credits.ts';

const CONNECTIONS = 32;
const fixture = useDatabase({ poolSize: CONNECTIONS });
const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe('starter credits of new accounts', () => {
  const limits = { network: 3, device: 2 };
  const signIn = (subject: string, signals: SignInSignals) =>
    openAccount(fixture.database, { subject, tier: 'free', signals }, limits);
  const subjects = (count: number) => Array.from({ length: count }, () => `test|${randomUUID()}`);
  const granted = (accounts: readonly { posted: number }[]) => accounts.filter(({ posted }) => posted === 100).length;

  it('of one network are granted exactly as often as its limit says, and to each account once', async () => {
    const network = randomUUID();
    const users = subjects(16);
    const opened = await times(CONNECTIONS, (index) => signIn(users[index % 16]!, { network, verified: false }));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(16);
    const accounts = await Promise.all(users.map((subject) => signIn(subject, { network, verified: false })));
    expect(granted(accounts)).toBe(3);
    const without = accounts.filter(({ withheld }) => withheld !== null);
    expect(without).toHaveLength(13);
    expect(without.every(({ withheld }) => withheld!.reason === 'network' && withheld!.retryAt! > new Date())).toBe(
      true,
    );
  });

  it('of one device are granted twice, from whatever networks; an unknown device is not counted', async () => {
    const device = randomUUID();
    const accounts = await Promise.all(
      subjects(8).map((subject) => signIn(subject, { network: randomUUID(), device, verified: false })),
    );
    expect(granted(accounts)).toBe(2);
    expect(accounts.filter(({ withheld }) => withheld?.reason === 'device')).toHaveLength(6);
    const unknown = await Promise.all(subjects(8).map((subject) => signIn(subject, { verified: false })));
    expect(granted(unknown)).toBe(8);
  });

  it('are granted at the first verified sign-in, once, from two devices at the same time', async () => {
    const network = randomUUID();
    const [subject, ...others] = subjects(4) as [string, ...string[]];
    for (const other of others) await signIn(other, { network, verified: false });
    expect(await signIn(subject, { network, verified: false })).toMatchObject({
      posted: 0,
      withheld: { reason: 'network' },
    });
    const address = `${randomUUID()}@example.com`;
    const opened = await times(CONNECTIONS, () => signIn(subject, { network, address, verified: true }));
    expect(opened.every(({ posted, withheld }) => posted === 100 && withheld === null)).toBe(true);
    // The same mailbox in another spelling, of another subject.
    const again = await signIn(subjects(1)[0]!, {
      address: address.replace('@', '+two@').toUpperCase(),
      verified: true,
    });
    expect(again).toMatchObject({ posted: 0, withheld: { reason: 'address', retryAt: null } });
  });

  it('are granted by the next request after the window, or by an admin, never by both', async () => {
    const network = randomUUID();
    const users = subjects(7);
    for (const user of users) await signIn(user, { network, verified: false });
    await fixture.owner.query(`UPDATE starter_signals SET window_ends_at = now() - interval '1 minute'`);
    await fixture.owner.query(`UPDATE starter_withholdings SET retry_at = now() - interval '1 minute'`);
    const late = await signIn(users[3]!, { network, verified: false });
    expect(late).toMatchObject({ posted: 100, withheld: null });
    const { id } = (await readAccountBySubject(fixture.database, users[4]!))!;
    const outcomes = await times(CONNECTIONS, async (index) =>
      index % 2 === 0
        ? void (await signIn(users[4]!, { network, verified: false }))
        : (await grantStarterCredits(fixture.database, id, 100)).kind,
    );
    expect(new Set(outcomes)).toEqual(new Set([undefined, 'granted']));
    expect(await readAccount(fixture.database, id)).toMatchObject({ posted: 100, withheld: null });
    const plain = await openAccount(fixture.database, { subject: subjects(1)[0]!, tier: 'service' });
    expect(await grantStarterCredits(fixture.database, plain.id, 100)).toEqual({ kind: 'nothing_withheld' });
  });

  it('leave no network behind when they are erased or old', async () => {
    const network = randomUUID();
    const users = subjects(5);
    const accounts = [];
    for (const user of users) accounts.push(await signIn(user, { network, verified: false }));
    await eraseAccount(fixture.database, accounts[4]!.id);
    await fixture.owner.query('SELECT erase_rows($1, 100)', [accounts[4]!.id]);
    await fixture.owner.query(`UPDATE starter_withholdings SET withheld_at = now() - interval '31 days'`);
    await fixture.owner.query(`UPDATE starter_signals SET window_ends_at = now()`);
    expect(await forgetStarterSignals(fixture.database, 1_000)).toBeGreaterThan(1);
    const { rows } = await fixture.owner.query(
      'SELECT account_id, network FROM starter_withholdings WHERE account_id = ANY ($1)',
      [accounts.map(({ id }) => id)],
    );
    expect(rows).toEqual([{ account_id: accounts[3]!.id, network: null }]);
    expect((await fixture.owner.query('SELECT FROM starter_signals')).rowCount).toBe(0);
  });
});
