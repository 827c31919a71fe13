import { createHmac, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { decodeJwt, SignJWT, type JWTVerifyGetKey } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { AUDIENCE, createDemoTokens, DEMO_ISSUER } from './demo-tokens.ts';
import { createTokenVerifier, KeysUnavailable } from './token-verifier.ts';

const newKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const KEY = newKey();
const tokens = createDemoTokens(KEY);
const verify = createTokenVerifier(tokens.rules);

const nowSeconds = () => Math.floor(Date.now() / 1000);
const claims = () => ({ iss: DEMO_ISSUER, aud: AUDIENCE, sub: 'ada', exp: nowSeconds() + 3600 });
const signed = (payload: Record<string, unknown>, key = KEY) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256' }).sign(createPrivateKey(key));
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the verifier of tokens', () => {
  it('accepts the tokens of users and services, for as long as they are valid', async () => {
    const user = await tokens.forUser({ sub: 'ada', tier: 'plus', role: 'admin', name: 'Ada' });
    expect(await verify(user)).toMatchObject({
      kind: 'user',
      subject: 'ada',
      tier: 'plus',
      role: 'admin',
      name: 'Ada',
    });
    const service = await tokens.forService({ sub: 'chat', scopes: ['avatars:read'] }, 60);
    expect(await verify(service)).toMatchObject({ kind: 'service', subject: 'service|chat', scopes: ['avatars:read'] });
    expect(decodeJwt(user).exp! - decodeJwt(user).iat!).toBe(12 * 3600);
    expect(decodeJwt(service).exp! - decodeJwt(service).iat!).toBe(60);
  });

  it('allows for clocks that differ by five seconds', async () => {
    expect(await verify(await signed({ ...claims(), exp: nowSeconds() - 3 }))).toMatchObject({ subject: 'ada' });
    expect(await verify(await signed({ ...claims(), nbf: nowSeconds() + 3 }))).toMatchObject({ subject: 'ada' });
  });

  it('tells callers that a token has expired, and nothing else', async () => {
    const refusal = { code: 'unauthorized', details: { headers: { 'WWW-Authenticate': 'Bearer' } } };
    await expect(verify(await signed({ ...claims(), exp: nowSeconds() - 60 }))).rejects.toMatchObject({
      ...refusal,
      message: 'The token has expired',
    });
    await expect(verify(await signed({ ...claims(), aud: 'another' }))).rejects.toMatchObject({
      ...refusal,
      message: 'The token is not valid',
    });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['of another issuer', () => signed({ ...claims(), iss: 'https://evil.example' })],
    ['for another audience', () => signed({ ...claims(), aud: 'another' })],
    ['of another key', () => signed(claims(), newKey())],
    ['without an expiry', () => signed({ ...claims(), exp: undefined })],
    ['without a subject', () => signed({ ...claims(), sub: undefined })],
    ['not valid yet', () => signed({ ...claims(), nbf: nowSeconds() + 60 })],
    ['of a tier that does not exist', () => signed({ ...claims(), tier: 'gold' })],
    ['unsigned', () => `${base64({ alg: 'none' })}.${base64(claims())}.`],
    [
      'signed with the public key as a shared secret',
      () => {
        const body = `${base64({ alg: 'HS256' })}.${base64(claims())}`;
        return `${body}.${createHmac('sha256', KEY).update(body).digest('base64url')}`;
      },
    ],
    ['not a JWT', () => 'hello'],
    ['empty', () => ''],
  ])('refuses a token that is %s', async (_what, createToken) => {
    const reason = vi.fn<(reason: string) => void>();
    const strict = createTokenVerifier(tokens.rules, reason);
    await expect(strict(await createToken())).rejects.toMatchObject({ code: 'unauthorized' });
    expect(reason).toHaveBeenCalledOnce();
    expect(reason.mock.calls[0]![0]).not.toBe('');
  });

  it('accepts no algorithm but the given ones', async () => {
    const other = createTokenVerifier({ ...tokens.rules, algorithms: ['RS256'] });
    await expect(other(await signed(claims()))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('accepts no token that is older than the rules allow, and none without its time', async () => {
    const young = createTokenVerifier({ ...tokens.rules, maxAgeSeconds: 60 });
    expect(await young(await signed({ ...claims(), iat: nowSeconds() - 30 }))).toMatchObject({ subject: 'ada' });
    for (const iat of [nowSeconds() - 90, undefined]) {
      await expect(young(await signed({ ...claims(), iat }))).rejects.toMatchObject({ code: 'unauthorized' });
    }
    expect(await verify(await signed({ ...claims(), iat: nowSeconds() - 90 }))).toMatchObject({ subject: 'ada' });
  });

  it('accepts the tokens of users of the given clients only', async () => {
    const reason = vi.fn<(reason: string) => void>();
    const strict = createTokenVerifier({ ...tokens.rules, clients: ['web'] }, reason);
    expect(await strict(await signed({ ...claims(), azp: 'web' }))).toMatchObject({ subject: 'ada' });
    for (const azp of ['another', undefined]) {
      await expect(strict(await signed({ ...claims(), azp }))).rejects.toMatchObject({ code: 'unauthorized' });
    }
    expect(reason.mock.calls).toEqual([['it was issued to another client'], ['it was issued to another client']]);
  });

  it('limits services to the scopes of their client, which owns the account', async () => {
    const strict = createTokenVerifier({ ...tokens.rules, services: new Map([['chat', ['avatars:read']]]) });
    const service = { ...claims(), typ: 'service', scopes: ['avatars:read', 'usage:write'] };
    expect(await strict(await signed({ ...service, client_id: 'chat' }))).toMatchObject({
      subject: 'service|chat',
      scopes: ['avatars:read'],
    });
    for (const azp of ['another', undefined]) {
      await expect(strict(await signed({ ...service, azp }))).rejects.toMatchObject({ code: 'unauthorized' });
      await expect(strict(await signed({ ...service, azp, scopes: [] }))).rejects.toMatchObject({
        code: 'unauthorized',
      });
    }
    expect(await verify(await signed(service))).toMatchObject({ subject: 'service|ada' });
  });

  it('tells the log what another kind of token is, and that claims are not valid', async () => {
    const reason = vi.fn<(reason: string) => void>();
    const strict = createTokenVerifier(tokens.rules, reason);
    for (const wrong of [{ at_hash: 'x' }, { tier: 'gold' }]) {
      await expect(strict(await signed({ ...claims(), ...wrong }))).rejects.toMatchObject({ code: 'unauthorized' });
    }
    expect(reason.mock.calls).toEqual([
      ['its claim at_hash belongs to another kind of token'],
      ['its claims are not valid'],
    ]);
  });

  it('reads the claims about the identity by the names of the rules', async () => {
    const named = createTokenVerifier({ ...tokens.rules, identityClaims: { verified: 'checked', address: 'mail' } });
    const token = await signed({ ...claims(), checked: true, mail: 'ada@example.org' });
    expect(await named(token)).toMatchObject({ verified: true, address: 'ada@example.org' });
  });

  it('reports keys that can not be fetched as an outage, and a fault of ours as such', async () => {
    const failing = (error: Error) => {
      const key = vi.fn<JWTVerifyGetKey>().mockRejectedValue(error);
      return createTokenVerifier({ ...tokens.rules, key });
    };
    const token = await signed(claims());
    await expect(failing(new KeysUnavailable('down'))(token)).rejects.toMatchObject({
      code: 'unavailable',
      details: { retryAfterSeconds: 5 },
    });
    await expect(failing(new RangeError('a fault'))(token)).rejects.toThrow('a fault');
  });
});
