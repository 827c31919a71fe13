import { describe, expect, it } from 'vitest';
import { accessTokenFault, clientOf } from './access-token.ts';

const RULES = { audience: 'https://api.test', clients: ['web'] };

describe('clientOf', () => {
  it.each([
    ['azp', { azp: 'web' }],
    ['client_id', { client_id: 'web' }],
    ['cid', { cid: 'web' }],
    ['appid', { appid: 'web' }],
    ['two claims that agree', { azp: 'web', client_id: 'web' }],
  ])('reads %s', (_what, payload) => {
    expect(clientOf(payload)).toBe('web');
  });

  it.each([
    ['none', {}],
    ['two different ones', { azp: 'web', client_id: 'other' }],
    ['a list', { azp: ['web'] }],
  ])('finds no client in a token that names %s', (_what, payload) => {
    expect(clientOf(payload as never)).toBeUndefined();
  });
});

describe('accessTokenFault', () => {
  it.each([undefined, 'JWT', 'at+jwt', 'AT+JWT', 'application/at+jwt'])('accepts the type %s', (type) => {
    expect(accessTokenFault(type, {}, RULES)).toBeUndefined();
  });

  it.each(['id_token+jwt', 'logout+jwt', 'dpop+jwt', 'secevent+jwt', 'at+application/jwt', ''])(
    'refuses the type "%s"',
    (type) => {
      expect(accessTokenFault(type, {}, RULES)).toMatch(/type/);
    },
  );

  it.each([
    ['an ID token', { at_hash: 'x' }],
    ['an ID token of the hybrid flow', { c_hash: 'x' }],
    ['an ID token that covers the state', { s_hash: 'x' }],
    ['a logout token', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
  ])('refuses %s', (_what, payload) => {
    expect(accessTokenFault('JWT', payload, RULES)).toMatch(/another kind of token/);
  });

  it('needs the type at+jwt where the audience is the client, as that of ID tokens is', () => {
    const rules = { audience: 'web', clients: ['web'] };
    expect(accessTokenFault('JWT', {}, rules)).toMatch(/audience/);
    expect(accessTokenFault('at+jwt', {}, rules)).toBeUndefined();
  });
});
