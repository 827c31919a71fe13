import { describe, expect, it } from 'vitest';
import { SCOPES } from '#contract/profile.ts';
import { identityOf } from './claims.ts';

const user = { sub: 'github|ada', exp: 2_000_000_000, iat: 1_700_000_000 };
const service = { typ: 'service', sub: 'chat', exp: 2_000_000_000, scopes: ['avatars:read'] };

describe('the identity of a user', () => {
  it('has the claims of the token, and the least rights by default', () => {
    expect(identityOf(user)).toEqual({
      kind: 'user',
      subject: 'github|ada',
      tier: 'free',
      role: 'user',
      name: null,
      issuedAt: new Date(1_700_000_000_000),
      verified: false,
      expiresAtMs: 2_000_000_000_000,
    });
    expect(identityOf({ ...user, typ: 'user', tier: 'pro', role: 'admin', name: 'Ada' })).toMatchObject({
      tier: 'pro',
      role: 'admin',
      name: 'Ada',
    });
    expect(identityOf({ ...user, typ: 'Bearer', tier: 'plus' })).toMatchObject({ kind: 'user', tier: 'plus' });
  });

  it.each([undefined, -1, 253_402_300_800, 'yesterday'])('counts as old when it was issued at %s', (iat) => {
    expect(identityOf({ ...user, iat })).toMatchObject({ issuedAt: new Date(0) });
  });

  it.each([0, 253_402_300_799])('is dated when it was issued at %d', (iat) => {
    expect(identityOf({ ...user, iat })).toMatchObject({ issuedAt: new Date(iat * 1000) });
  });

  it.each([
    ['is too long', 'a'.repeat(101)],
    ['is empty', ''],
    ['is not a text', 7],
  ])('has no name when it %s', (_what, name) => {
    expect(identityOf({ ...user, name })).toMatchObject({ name: null });
  });

  it.each([
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject that is too long', { sub: 'a'.repeat(256) }],
    ['the subject of a service', { sub: 'service|chat' }],
    ['a control character in the subject', { sub: 'a\u0000' }],
    ['no expiry', { exp: undefined }],
    ['an unknown tier', { tier: 'gold' }],
    ['the tier of services', { tier: 'service' }],
    ['an unknown role', { role: 'owner' }],
    ['the type of an ID token', { typ: 'ID' }],
  ])('does not exist with %s', (_what, claims) => {
    expect(identityOf({ ...user, ...claims })).toBeUndefined();
  });

  it.each([true, 'true'])('is verified by %j, with the address that the provider has checked', (verified) => {
    const claims = { ...user, email_verified: verified, email: 'ada@example.org' };
    expect(identityOf(claims)).toMatchObject({ verified: true, address: 'ada@example.org' });
    expect(identityOf({ ...claims, email: 'a'.repeat(255) })).toMatchObject({ address: 'a'.repeat(255) });
    const names = { verified: 'checked', address: 'mail' };
    expect(identityOf(claims, names)).toMatchObject({ verified: false });
    expect(identityOf({ ...user, checked: verified, mail: 'x' }, names)).toMatchObject({
      verified: true,
      address: 'x',
    });
  });

  it.each([undefined, false, 'false', 1])('has no address that is verified by %j', (verified) => {
    const identity = identityOf({ ...user, email_verified: verified, email: 'ada@example.org' });
    expect(identity).toMatchObject({ verified: false });
    expect(identity).not.toHaveProperty('address');
  });

  it.each([undefined, '', 7, 'a'.repeat(256)])('is verified without the address %j', (email) => {
    const identity = identityOf({ ...user, email_verified: true, email });
    expect(identity).toMatchObject({ verified: true });
    expect(identity).not.toHaveProperty('address');
  });

  it.each([undefined, null, 'text', []])('does not exist for the payload %j', (payload) => {
    expect(identityOf(payload as never)).toBeUndefined();
  });
});

describe('the identity of a service', () => {
  it('has a subject that no user can have, and the scopes that exist here', () => {
    expect(identityOf(service)).toEqual({
      kind: 'service',
      subject: 'service|chat',
      scopes: ['avatars:read'],
      expiresAtMs: 2_000_000_000_000,
    });
    const scopes = ['billing:write', ...SCOPES, 'avatars:read'];
    expect(identityOf({ ...service, scopes })).toMatchObject({ scopes: [...SCOPES] });
    expect(identityOf({ ...service, scopes: ['everything'] })).toMatchObject({ scopes: [] });
  });

  it('has the scopes of a text as in RFC 9068, unless there is a list', () => {
    const scope = 'avatars:read billing:write generations:write';
    const named = new Set(['avatars:read', 'generations:write']);
    const identity = identityOf({ ...service, scopes: undefined, scope });
    expect(identity).toMatchObject({ scopes: SCOPES.filter((each) => named.has(each)) });
    expect(identityOf({ ...service, scope })).toMatchObject({ scopes: ['avatars:read'] });
    expect(identityOf({ ...service, scopes: undefined })).toMatchObject({ scopes: [] });
  });

  it('may have a subject of 247 characters', () => {
    expect(identityOf({ ...service, sub: 'a'.repeat(247) })).toMatchObject({ kind: 'service' });
  });

  it.each([
    ['scopes in a text', { scopes: 'avatars:read' }],
    ['scopes that are not texts', { scopes: [1] }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject that is too long with its prefix', { sub: 'a'.repeat(248) }],
    ['a control character in the subject', { sub: 'a\nb' }],
    ['no expiry', { exp: undefined }],
  ])('does not exist with %s', (_what, claims) => {
    expect(identityOf({ ...service, ...claims })).toBeUndefined();
  });
});
