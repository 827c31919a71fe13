import { describe, expect, it } from 'vitest';
import { SCOPES } from '#contract/profile.ts';
import { readTokenRequest } from './token-request.ts';

describe('npm run token', () => {
  it('issues tokens for the demo users', () => {
    expect(readTokenRequest(['--user', 'bob'])).toMatchObject({
      kind: 'user',
      claims: { sub: 'demo|bob', tier: 'pro', role: 'user', name: 'Bob' },
      lifetimeSeconds: 43_200,
      keyFile: undefined,
    });
  });

  it('accepts tier, role, lifetime and key', () => {
    const request = readTokenRequest([
      '--user',
      'alice',
      '--tier',
      'plus',
      '--role',
      'admin',
      '--hours',
      '0.5',
      '--key',
      'k.pem',
    ]);
    expect(request).toMatchObject({
      claims: { sub: 'demo|alice', tier: 'plus', role: 'admin' },
      lifetimeSeconds: 1_800,
      keyFile: 'k.pem',
    });
  });

  it('issues a token for a free user under any other name', () => {
    expect(readTokenRequest(['--user', 'zoe'])).toMatchObject({
      claims: { sub: 'demo|zoe', tier: 'free', name: 'zoe' },
    });
  });

  it('issues service tokens, with all scopes unless some are given', () => {
    expect(readTokenRequest(['--service'])).toMatchObject({ kind: 'service', claims: { scopes: [...SCOPES] } });
    const request = readTokenRequest(['--service', '--name', 'chat', '--scopes', 'avatars:read, usage:write']);
    expect(request).toMatchObject({ claims: { sub: 'chat', scopes: ['avatars:read', 'usage:write'] } });
  });

  it('shows its usage with --help', () => {
    expect(readTokenRequest(['--help'])).toBe('help');
  });

  it.each([
    ['neither a user nor a service', []],
    ['both', ['--user', 'alice', '--service']],
    ['an unknown tier', ['--user', 'alice', '--tier', 'gold']],
    ['an unknown scope', ['--service', '--scopes', 'everything']],
    ['a lifetime that is too long', ['--user', 'alice', '--hours', '1000000']],
    ['an unknown option', ['--user', 'alice', '--password', 'x']],
  ])('refuses %s', (_what, args) => {
    expect(() => readTokenRequest(args)).toThrow(Error);
  });

  it('says what is wrong, and shows its usage', () => {
    expect(() => readTokenRequest([])).toThrow(/Pass either --user NAME or --service[^]*npm run token/);
  });
});
