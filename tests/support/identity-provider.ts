import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

/** The audience of its tokens. */
export const OIDC_AUDIENCE = 'https://api.avatar-studio.test';
export const OIDC_CLIENT_ID = 'avatar-studio-web';

export interface IdentityProvider {
  readonly issuer: string;
  /** Registers the page at this origin as a client. Until then every request is answered with 503. */
  register(webOrigin: string): void;
  /** Lifetime of tokens issued from now on, in seconds. */
  tokenLifeS: number;
  /** Audience of tokens issued from now on. */
  audience: string;
  /** Whether refresh tokens are issued from now on. */
  refresh: boolean;
  /** While true, every request is answered with 503. */
  unavailable: boolean;
  close(): Promise<void>;
}

/** Starts a certified OpenID provider on a free port, with its own login and consent forms that accept any name and password. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  let handle: ReturnType<Provider['callback']> | undefined;
  const server = createServer((request, response) => {
    if (handle === undefined || idp.unavailable) response.writeHead(503).end();
    else void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' };
  const idp: IdentityProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokenLifeS: 3_600,
    audience: OIDC_AUDIENCE,
    refresh: false,
    unavailable: false,
    register(webOrigin) {
      const provider = new Provider(idp.issuer, {
        clients: [
          {
            client_id: OIDC_CLIENT_ID,
            token_endpoint_auth_method: 'none',
            grant_types: ['authorization_code', 'refresh_token'],
            response_types: ['code'],
            redirect_uris: [`${webOrigin}/sign-in/callback`, `${webOrigin}/signed-in.html`],
            post_logout_redirect_uris: [`${webOrigin}/signed-out`],
          },
        ],
        jwks: { keys: [key] },
        cookies: { keys: ['only for tests'] },
        ttl: { Grant: 3_600, IdToken: 3_600, Interaction: 600, Session: 3_600, RefreshToken: 3_600 },
        findAccount: (_context, subject) => ({ accountId: subject, claims: () => ({ sub: subject }) }),
        clientBasedCORS: (_context, origin) => origin === webOrigin,
        issueRefreshToken: () => Promise.resolve(idp.refresh),
        extraTokenClaims: (_context, token) =>
          token.kind === 'AccessToken' ? { name: token.accountId, tier: 'plus' } : undefined,
        features: {
          resourceIndicators: {
            enabled: true,
            defaultResource: () => OIDC_AUDIENCE,
            useGrantedResource: () => true,
            getResourceServerInfo: () => ({
              scope: '',
              audience: idp.audience,
              accessTokenFormat: 'jwt',
              accessTokenTTL: idp.tokenLifeS,
              jwt: { sign: { alg: 'RS256' } },
            }),
          },
        },
      });
      handle = provider.callback();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return idp;
}
