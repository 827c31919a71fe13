import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

/** Whom its tokens are meant for. */
export const OIDC_AUDIENCE = 'https://api.avatar-studio.test';
export const OIDC_CLIENT_ID = 'avatar-studio-web';

export interface IdentityProvider {
  readonly issuer: string;
  /** Lets the page at this origin sign people in. Before this it answers nothing. */
  register(webOrigin: string): void;
  /** Seconds for which the tokens are good that it gives from now on. */
  tokenLifeS: number;
  /** Whom its tokens are meant for from now on. */
  audience: string;
  /** Whether it gives refresh tokens from now on. */
  refresh: boolean;
  /** Answers 503 to everything while it is true. */
  unavailable: boolean;
  close(): Promise<void>;
}

/** A certified OpenID provider on a free port, with its own login and consent forms: any name and password will do. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  let answer: ReturnType<Provider['callback']> | undefined;
  const server = createServer((request, response) => {
    if (answer === undefined || idp.unavailable) response.writeHead(503).end();
    else void answer(request, response);
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
      answer = provider.callback();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return idp;
}
