import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOidcKeys, OIDC_ALGORITHMS } from './oidc-keys.ts';
import { createTokenVerifier, type TokenVerifier } from './token-verifier.ts';

const AUDIENCE = 'avatar-studio';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A fake identity provider that serves discovery and keys. */
const provider = { issuer: '', claimedIssuer: '', broken: false, keysBroken: false, moved: false, requestCount: 0 };
let server: Server;
let verify: TokenVerifier;

beforeEach(async () => {
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
  server = createServer((req, res) => {
    provider.requestCount += 1;
    if (provider.broken || (provider.keysBroken && req.url === '/keys')) return void res.writeHead(503).end();
    const discovery = { issuer: provider.claimedIssuer, jwks_uri: new URL('/keys', provider.issuer).href };
    const document = { '/.well-known/openid-configuration': discovery, '/moved': discovery, '/keys': { keys: [jwk] } }[
      req.url ?? ''
    ];
    if (provider.moved && req.url !== '/moved' && req.url !== '/keys')
      return void res.writeHead(302, { location: '/moved' }).end();
    if (document === undefined) return void res.writeHead(404).end();
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(provider, {
    claimedIssuer: provider.issuer,
    broken: false,
    keysBroken: false,
    moved: false,
    requestCount: 0,
  });
  verify = createTokenVerifier({
    issuer: provider.issuer,
    audience: AUDIENCE,
    algorithms: OIDC_ALGORITHMS,
    key: createOidcKeys(provider.issuer),
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function token(kid = 'key-1', key: KeyObject = privateKey, claims = {}): Promise<string> {
  return new SignJWT({ tier: 'plus', name: 'Grace', ...claims })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(provider.issuer)
    .setAudience(AUDIENCE)
    .setSubject('grace')
    .setExpirationTime('1h')
    .sign(key);
}

describe('the verifier of identity provider tokens', () => {
  it('uses the published keys and fetches them once', async () => {
    expect(await verify(await token())).toMatchObject({ kind: 'user', subject: 'grace', tier: 'plus', name: 'Grace' });
    await verify(await token());
    expect(provider.requestCount).toBe(2);
  });

  it('accepts Keycloak’s access tokens, but not its ID tokens', async () => {
    expect(await verify(await token('key-1', privateKey, { typ: 'Bearer' }))).toMatchObject({ kind: 'user' });
    await expect(verify(await token('key-1', privateKey, { typ: 'ID' }))).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('reports the reason of a refusal to the log, not to the caller', async () => {
    const reason = vi.fn<(reason: string) => void>();
    const strict = createTokenVerifier(
      {
        issuer: provider.issuer,
        audience: 'another',
        algorithms: OIDC_ALGORITHMS,
        key: createOidcKeys(provider.issuer),
      },
      reason,
    );
    await expect(strict(await token())).rejects.toMatchObject({ message: 'The token is not valid' });
    expect(reason).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('"aud"'));
  });

  it('refuses a token of a key that is not published', async () => {
    await verify(await token());
    await expect(verify(await token('key-2'))).rejects.toMatchObject({ code: 'unauthorized' });
    await verify(await token());
    expect(provider.requestCount).toBe(2);
  });

  it('refuses a token that another key has signed under a published key id', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await expect(verify(await token('key-1', other.privateKey))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('answers unavailable while the provider is down, and verifies again afterwards', async () => {
    provider.broken = true;
    await expect(verify(await token())).rejects.toMatchObject({ code: 'unavailable' });
    provider.broken = false;
    expect(await verify(await token())).toMatchObject({ subject: 'grace' });
  });

  it('finds the discovery document of an issuer that ends with a slash', async () => {
    provider.issuer = provider.claimedIssuer = `${provider.issuer}/`;
    const key = createOidcKeys(provider.issuer);
    const withSlash = createTokenVerifier({ ...provider, audience: AUDIENCE, algorithms: OIDC_ALGORITHMS, key });
    expect(await withSlash(await token())).toMatchObject({ subject: 'grace' });
  });

  it('answers unavailable while the keys alone can not be fetched', async () => {
    provider.keysBroken = true;
    await expect(verify(await token())).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('does not follow a redirect to another discovery document', async () => {
    provider.moved = true;
    await expect(verify(await token())).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('does not use the keys of a discovery document of another issuer', async () => {
    provider.claimedIssuer = 'https://evil.example';
    await expect(verify(await token())).rejects.toMatchObject({ code: 'unavailable' });
  });
});
