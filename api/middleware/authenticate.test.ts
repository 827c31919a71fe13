import type { Request } from 'express';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { INTERNAL_BASE } from '#contract/route.ts';
import { SignedInBeforeErasure } from '#drizzle/queries/accounts/accounts.ts';
import type { KeyHolders } from '../api-keys/key-holders.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { Identity } from '../auth/claims.ts';
import { createAuthenticate } from './authenticate.ts';

const expiresAtMs = Date.now() + 3_600_000;
const user = {
  kind: 'user',
  subject: 'ada',
  tier: 'pro',
  role: 'user',
  name: 'Ada',
  issuedAt: new Date(0),
  verified: false,
  expiresAtMs,
} satisfies Identity;
const service: Identity = { kind: 'service', subject: 'service|chat', scopes: ['avatars:read'], expiresAtMs };

const verify = vi.fn<(token: string) => Promise<Identity>>();
const accounts = { open: vi.fn<Accounts['open']>(), ofUser: vi.fn<Accounts['ofUser']>() };
const holderOf = vi.fn<KeyHolders['of']>();
const authenticateAt = createAuthenticate({
  verify,
  accounts: accounts as unknown as Accounts,
  keyHolders: { of: holderOf },
});
const authenticate = (
  ...[req, route]: Parameters<typeof authenticateAt> extends [infer Q, infer R, unknown] ? [Q, R] : never
) => authenticateAt(req, route, 'internal');

const DEVICE = 'a-device-of-sixteen';

function requestWith(authorization: string | undefined, onBehalfOf?: string[]): Request {
  const headersDistinct = onBehalfOf === undefined ? {} : { 'x-on-behalf-of': onBehalfOf };
  const headers: Record<string, string | undefined> = { authorization, 'x-device-id': DEVICE };
  return { get: (name: string) => headers[name.toLowerCase()], headersDistinct } as unknown as Request;
}
const request = (onBehalfOf?: string[]) => requestWith('Bearer abc', onBehalfOf);
const READ = { access: 'avatars:read', onBehalf: true } as const;
const WRITE = { access: 'generations:write', onBehalf: true } as const;

beforeEach(() => {
  verify.mockReset().mockResolvedValue(user);
  accounts.open.mockReset().mockResolvedValue({ accountId: 'own account', tier: 'pro' });
  accounts.ofUser.mockReset().mockResolvedValue({ accountId: 'account of ada', tier: 'plus', blocked: false });
});

describe('a bearer token', () => {
  it.each(['Bearer abc', 'bearer abc', 'Bearer a.b-c_d~e+f/g=='])('is read from "%s"', async (header) => {
    await authenticate(requestWith(header), READ);
    expect(verify).toHaveBeenCalledExactlyOnceWith(header.slice('Bearer '.length));
  });

  it.each([
    undefined,
    '',
    'Basic abc',
    'Bearer',
    'Bearer a b',
    'xBearer abc',
    'Bearer abc!',
    `Bearer ${'a'.repeat(8_186)}`,
  ])('is refused in "%s" without being verified', async (header) => {
    await expect(authenticate(requestWith(header), READ)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(verify).not.toHaveBeenCalled();
  });

  it('may fill a header of 8 KiB', async () => {
    await authenticate(requestWith(`Bearer ${'a'.repeat(8_192 - 'Bearer '.length)}`), READ);
    expect(verify).toHaveBeenCalledOnce();
  });

  it('is asked for when it is missing', async () => {
    await expect(authenticate(requestWith(undefined), READ)).rejects.toMatchObject({ message: 'Send a bearer token' });
    await expect(authenticate(requestWith('x'), READ)).rejects.toMatchObject({ message: 'The token is not valid' });
  });
});

describe('a user', () => {
  it('acts on the own account, with every scope', async () => {
    expect(await authenticate(request(), WRITE)).toEqual({
      kind: 'user',
      accountId: 'own account',
      tier: 'pro',
      role: 'user',
      name: 'Ada',
      expiresAtMs,
    });
    const opened = {
      subject: 'ada',
      tier: 'pro',
      name: 'Ada',
      issuedAt: new Date(0),
      signals: { network: undefined, device: DEVICE, verified: false, address: undefined },
    };
    expect(accounts.open).toHaveBeenCalledExactlyOnceWith(opened, { acceptsBlocked: false });
  });

  it('can not act for another one', async () => {
    await expect(authenticate(request(['grace']), READ)).rejects.toMatchObject({ code: 'forbidden' });
    expect(accounts.open).not.toHaveBeenCalled();
  });

  it('can not use what is only for services or admins', async () => {
    for (const only of ['service', 'admin'] as const) {
      const refused = authenticate(request(), { ...READ, only });
      await expect(refused).rejects.toMatchObject({ code: 'forbidden', message: `Only ${only}s can use this route` });
    }
    expect(await authenticateAt(request(), { ...READ, only: 'user' }, 'external')).toMatchObject({ kind: 'user' });
    verify.mockResolvedValue({ ...user, role: 'admin' });
    expect(await authenticate(request(), { ...READ, only: 'admin' })).toMatchObject({ role: 'admin' });
  });

  it('is asked to sign in again after the erasure of the account', async () => {
    accounts.open.mockRejectedValue(new SignedInBeforeErasure('erased'));
    await expect(authenticate(request(), READ)).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'This account was erased. Sign in again',
    });
    accounts.open.mockRejectedValue(new Error('a fault'));
    await expect(authenticate(request(), READ)).rejects.toThrow('a fault');
  });
});

describe('an API key', () => {
  const holder = {
    keyId: 'key',
    accountId: 'account of ada',
    tier: 'plus',
    name: 'Ada',
    blocked: false,
    scopes: ['avatars:read'],
    expiresAt: new Date(expiresAtMs),
  } as const;
  const withKey = (onBehalfOf?: string[]) => requestWith('Bearer avs_abc', onBehalfOf);
  beforeEach(() => void holderOf.mockReset().mockResolvedValue(holder));

  it('acts on the account of its user, who is no admin there', async () => {
    expect(await authenticateAt(withKey(), READ, 'external')).toEqual({
      kind: 'user',
      accountId: 'account of ada',
      tier: 'plus',
      role: 'user',
      name: 'Ada',
      expiresAtMs,
    });
    expect(holderOf).toHaveBeenCalledExactlyOnceWith('avs_abc');
    expect(verify).not.toHaveBeenCalled();
  });

  it('is refused when nobody holds it, and when its account is blocked', async () => {
    holderOf.mockResolvedValueOnce(undefined);
    await expect(authenticate(withKey(), READ)).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'The API key is not valid. It may have expired',
    });
    holderOf.mockResolvedValueOnce({ ...holder, blocked: true });
    await expect(authenticate(withKey(), READ)).rejects.toMatchObject({ code: 'account_blocked' });
  });

  it.each([
    ['needs the scope of the route', WRITE, undefined, 'This route needs the scope generations:write'],
    [
      'is not for users alone',
      { ...READ, only: 'user' as const },
      undefined,
      'API keys can not be used for this route',
    ],
    ['acts for nobody else', READ, ['grace'], 'Only services can act on behalf of users'],
  ])('%s', async (_what, route, onBehalfOf, message) => {
    await expect(authenticate(withKey(onBehalfOf), route)).rejects.toMatchObject({ code: 'forbidden', message });
  });
});

describe('a service', () => {
  beforeEach(() => void verify.mockResolvedValue(service));

  it('acts on its own account without X-On-Behalf-Of', async () => {
    expect(await authenticate(request(), READ)).toEqual({
      kind: 'service',
      accountId: 'own account',
      clientId: 'own account',
      tier: 'service',
      role: 'user',
      name: null,
      expiresAtMs,
    });
    expect(accounts.open).toHaveBeenCalledExactlyOnceWith({ subject: 'service|chat', tier: 'service', name: null });
  });

  it.each([READ, { ...READ, only: 'service' as const }])(
    'is refused by the external listener, and opens no account there',
    async (route) => {
      for (const users of [undefined, ['ada']]) {
        await expect(
          authenticateAt(request(users), { ...route, opensAccount: true }, 'external'),
        ).rejects.toMatchObject({
          code: 'forbidden',
          message: 'Services use the internal address of the API',
        });
      }
      expect(accounts.open).not.toHaveBeenCalled();
      expect(accounts.ofUser).not.toHaveBeenCalled();
    },
  );

  it('does not act for a user whose account is blocked', async () => {
    accounts.ofUser.mockResolvedValue({ accountId: 'account of ada', tier: 'plus', blocked: true });
    await expect(authenticate(request(['ada']), READ)).rejects.toMatchObject({ code: 'account_blocked' });
  });

  it('needs the scope of the route', async () => {
    await expect(authenticate(request(), WRITE)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'This route needs the scope generations:write',
    });
  });

  it('may use what is only for services, and not what is for admins or users', async () => {
    expect(await authenticate(request(), { ...READ, only: 'service' })).toMatchObject({ kind: 'service' });
    for (const only of ['admin', 'user'] as const) {
      await expect(authenticate(request(), { ...READ, only })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('acts for nobody where the route does not allow it', async () => {
    await expect(authenticate(request(['ada']), { access: 'avatars:read' })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'This route can not be used on behalf of a user',
    });
    expect(accounts.ofUser).not.toHaveBeenCalled();
  });

  it('must name a user on internal routes', async () => {
    await expect(authenticate(request(), { ...READ, base: INTERNAL_BASE })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { errors: [{ path: 'X-On-Behalf-Of', message: 'is required: internal routes act for a user' }] },
    });
    expect(await authenticate(request(['ada']), { ...READ, base: INTERNAL_BASE })).toMatchObject({
      accountId: 'account of ada',
    });
  });

  it('acts on the account of the named user, opened where the route does so', async () => {
    expect(await authenticate(request(['ada']), READ)).toEqual({
      kind: 'service',
      accountId: 'account of ada',
      tier: 'plus',
      role: 'user',
      name: null,
      expiresAtMs,
    });
    expect(accounts.ofUser).toHaveBeenLastCalledWith('ada', { opens: false });
    await authenticate(request(['ada']), { ...READ, opensAccount: true });
    expect(accounts.ofUser).toHaveBeenLastCalledWith('ada', { opens: true });
    expect(accounts.open).not.toHaveBeenCalled();
  });

  it.each([[['']], [['service|chat']], [['ada,grace']], [['ada', 'grace']], [['ada', 'ada']], [['ä']], [[]]])(
    'is refused with the users %j',
    async (users) => {
      await expect(authenticate(request(users), READ)).rejects.toMatchObject({
        code: 'validation_failed',
        details: { errors: [{ path: 'X-On-Behalf-Of' }] },
      });
    },
  );

  describe('that names a user without an account', () => {
    beforeEach(() => void accounts.ofUser.mockResolvedValue(undefined as never));

    it('reads nothing, under an id that is the same for the same user only, for a minute', async () => {
      const [ada, again, grace] = [
        await authenticate(request(['ada']), READ),
        await authenticate(request(['ada']), READ),
        await authenticate(request(['grace']), READ),
      ];
      expect(ada).toMatchObject({ kind: 'service', tier: 'free', role: 'user', name: null });
      expect(ada.accountId).toMatch(/^[0-9a-f-]{36}$/);
      expect(again.accountId).toBe(ada.accountId);
      expect(grace.accountId).not.toBe(ada.accountId);
      expect(ada.expiresAtMs).toBeGreaterThan(Date.now() + 50_000);
      expect(ada.expiresAtMs).toBeLessThanOrEqual(Date.now() + 60_000);
    });

    it('reads nothing for longer than its token is valid', async () => {
      verify.mockResolvedValue({ ...service, expiresAtMs: Date.now() + 5_000 });
      expect((await authenticate(request(['ada']), READ)).expiresAtMs).toBeLessThanOrEqual(Date.now() + 5_000);
    });

    it('changes nothing', async () => {
      verify.mockResolvedValue({ ...service, scopes: ['generations:write'] });
      await expect(authenticate(request(['ada']), WRITE)).rejects.toMatchObject({ code: 'not_found' });
    });
  });
});
