import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccounts, type Accounts, type AccountStore } from './accounts.ts';

/** The cache reads the clock at most every millisecond. */
const CACHED_CLOCK_MS = 5;
const ERASED_AT = new Date('2026-05-01T00:00:00Z');
const AFTER = new Date('2026-05-02T00:00:00Z');
const ada = { subject: 'ada', tier: 'pro', name: 'Ada', issuedAt: AFTER } as const;

let accounts: Accounts;
const open = vi.fn<AccountStore['open']>();
const read = vi.fn<AccountStore['read']>();

beforeEach(() => {
  open.mockReset().mockImplementation(async ({ subject, tier }) => ({
    id: `account of ${subject}`,
    tier,
    tokensFrom: null,
    withheld: null,
    blockedAt: null,
  }));
  read.mockReset().mockResolvedValue(undefined);
  accounts = createAccounts({ open, read });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a user who signs in', () => {
  it('is refused while the account is blocked, from the cache too, and again after it was forgotten', async () => {
    const account = { id: 'account of ada', tier: 'pro' as const, tokensFrom: null, withheld: null };
    open.mockResolvedValue({ ...account, blockedAt: AFTER });
    for (let time = 0; time < 2; time += 1) {
      await expect(accounts.open(ada)).rejects.toMatchObject({ code: 'account_blocked' });
    }
    expect(open).toHaveBeenCalledOnce();
    const own = { accountId: 'account of ada', tier: 'pro' };
    expect(await accounts.open(ada, { acceptsBlocked: true })).toEqual(own);
    expect(await accounts.ofUser('ada', { opens: false })).toMatchObject({ blocked: true });
    accounts.forget('account of ada');
    open.mockResolvedValue({ ...account, blockedAt: null });
    expect(await accounts.open(ada)).toEqual({ accountId: 'account of ada', tier: 'pro' });
  });

  it('opens the account with what the token says, and reads it again from the cache', async () => {
    expect(await accounts.open(ada)).toEqual({ accountId: 'account of ada', tier: 'pro' });
    expect(open).toHaveBeenCalledExactlyOnceWith({ subject: 'ada', tier: 'pro', displayName: 'Ada', issuedAt: AFTER });
    expect(await accounts.open(ada)).toEqual({ accountId: 'account of ada', tier: 'pro' });
    expect(await accounts.open({ ...ada, issuedAt: undefined })).toEqual({ accountId: 'account of ada', tier: 'pro' });
    expect(open).toHaveBeenCalledOnce();
  });

  it('has the tier that an admin has set, whatever the token says, also for a service that acts for it', async () => {
    open.mockResolvedValue({ id: 'x', tier: 'free', tokensFrom: null, withheld: null, blockedAt: null });
    for (let time = 0; time < 2; time += 1) {
      expect(await accounts.open(ada)).toEqual({ accountId: 'x', tier: 'free' });
      expect(await accounts.ofUser('ada', { opens: false })).toMatchObject({ tier: 'free' });
    }
    expect(open).toHaveBeenCalledOnce();
  });

  it('has no display name without a name in the token', async () => {
    await accounts.open({ ...ada, name: null });
    expect(open).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ displayName: undefined }));
  });

  it.each([
    ['another tier', { tier: 'free' as const }],
    ['another name', { name: 'Ada L.' }],
    ['another subject', { subject: 'grace' }],
  ])('is looked up in the database with %s', async (_what, change) => {
    await accounts.open(ada);
    await accounts.open({ ...ada, ...change });
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('is looked up with a token that is older than an erasure of the account', async () => {
    open.mockResolvedValue({ id: 'new account', tier: 'pro', tokensFrom: ERASED_AT, withheld: null, blockedAt: null });
    await accounts.open(ada);
    await accounts.open({ ...ada, issuedAt: new Date('2026-05-03T00:00:00Z') });
    expect(open).toHaveBeenCalledOnce();
    await accounts.open({ ...ada, issuedAt: ERASED_AT });
    expect(open).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['an address is verified now', { verified: false }, { verified: true, address: 'a@b.c' }, null, 2],
    [
      'another address is verified',
      { verified: true, address: 'a@b.c' },
      { verified: true, address: 'b@b.c' },
      null,
      2,
    ],
    ['an unknown address is verified now', { verified: false }, { verified: true }, null, 2],
    ['the user signs in after a service', undefined, { verified: true, address: 'a@b.c' }, null, 2],
    ['nothing has changed', { verified: true, address: 'a@b.c' }, { verified: true, address: 'a@b.c' }, new Date(0), 1],
    ['the limit may have ended', { verified: false }, { verified: false }, new Date(0), 2],
    ['the limit has not ended', { verified: false }, { verified: false }, new Date('9999-01-01'), 1],
    ['only a verified address would help', { verified: false }, { verified: false }, null, 1],
    ['a service acts', { verified: false }, undefined, new Date(0), 1],
  ])('without starter credits: %s', async (_what, before, signals, retryAt, calls) => {
    const withheld = { reason: 'network', retryAt } as const;
    open.mockResolvedValue({ id: 'x', tier: 'pro', tokensFrom: null, withheld, blockedAt: null });
    await accounts.open({ ...ada, signals: before });
    await accounts.open({ ...ada, signals });
    expect(open).toHaveBeenCalledTimes(calls);
  });

  it('with starter credits is not looked up again when an address is verified', async () => {
    await accounts.open({ ...ada, signals: { verified: false } });
    await accounts.open({ ...ada, signals: { verified: true, address: 'a@b.c' } });
    await accounts.open({ ...ada, signals: { verified: false } });
    expect(open).toHaveBeenCalledOnce();
  });

  it('is looked up again after a minute', async () => {
    await accounts.open(ada);
    const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 59_000);
    await sleep(CACHED_CLOCK_MS);
    await accounts.open(ada);
    expect(open).toHaveBeenCalledOnce();
    now.mockReturnValue(performance.now() + 2_000);
    await sleep(CACHED_CLOCK_MS);
    await accounts.open(ada);
    expect(open).toHaveBeenCalledTimes(2);
  });
});

describe('an erased account', () => {
  it('is dropped from the cache; others stay', async () => {
    await accounts.open(ada);
    await accounts.open({ ...ada, subject: 'grace' });
    accounts.forget('account of ada');
    await accounts.open({ ...ada, subject: 'grace' });
    expect(open).toHaveBeenCalledTimes(2);
    await accounts.open(ada);
    expect(open).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['its own erasure', () => accounts.forget('account of ada')],
    ['lost notifications', () => accounts.forgetAll()],
  ])('is not cached when it was opened during %s', async (_what, drop) => {
    const opened = Promise.withResolvers<Awaited<ReturnType<AccountStore['open']>>>();
    open.mockReturnValueOnce(opened.promise);
    const opening = accounts.open(ada);
    drop();
    opened.resolve({ id: 'account of ada', tier: 'pro', tokensFrom: null, withheld: null, blockedAt: null });
    await opening;
    await accounts.open(ada);
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('is dropped with all others when notifications may have been lost', async () => {
    await accounts.open(ada);
    accounts.forgetAll();
    await accounts.open(ada);
    expect(open).toHaveBeenCalledTimes(2);
  });
});

describe('the account of a user that a service acts for', () => {
  it('comes from the cache, with the latest tier', async () => {
    await accounts.open(ada);
    expect(await accounts.ofUser('ada', { opens: false })).toEqual({
      accountId: 'account of ada',
      tier: 'pro',
      blocked: false,
    });
    expect(read).not.toHaveBeenCalled();
  });

  it('comes from the database, whether it may be opened or not', async () => {
    read.mockResolvedValue({ id: 'account of grace', tier: 'plus', blockedAt: null });
    for (const opens of [true, false]) {
      expect(await accounts.ofUser('grace', { opens })).toEqual({
        accountId: 'account of grace',
        tier: 'plus',
        blocked: false,
      });
    }
    expect(read).toHaveBeenCalledWith('grace');
    read.mockResolvedValue({ id: 'account of grace', tier: 'plus', blockedAt: AFTER });
    expect(await accounts.ofUser('grace', { opens: true })).toMatchObject({ blocked: true });
    expect(open).not.toHaveBeenCalled();
  });

  it('is opened for an unknown user only if it may be, and in the free tier', async () => {
    expect(await accounts.ofUser('grace', { opens: false })).toBeUndefined();
    expect(open).not.toHaveBeenCalled();
    expect(await accounts.ofUser('grace', { opens: true })).toEqual({
      accountId: 'account of grace',
      tier: 'free',
      blocked: false,
    });
    expect(open).toHaveBeenCalledExactlyOnceWith({
      subject: 'grace',
      tier: 'free',
      displayName: undefined,
      issuedAt: undefined,
    });
  });
});
