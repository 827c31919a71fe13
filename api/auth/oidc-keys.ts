import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { KeysUnavailable } from './token-verifier.ts';

/** A request waits for the identity provider at most this long. */
const FETCH_TIMEOUT_MS = 5_000;
/** An unknown key id causes another fetch, but not more often than this. */
const COOLDOWN_MS = 30_000;
/** Keys are fetched again after this in any case. */
const MAX_AGE_MS = 10 * 60_000;

/** Only asymmetric algorithms: everyone with a shared secret could sign. */
export const OIDC_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * The keys of an OpenID provider. Its discovery document is read at the first use, so the API can start while it is unavailable.
 * @throws KeysUnavailable from the returned function
 */
export function createOidcKeys(issuer: string): JWTVerifyGetKey {
  let discovered: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    discovered ??= discover(issuer);
    try {
      return await (
        await discovered
      )(header, token);
    } catch (error) {
      if (error instanceof KeysUnavailable) discovered = undefined;
      // A key id that the provider does not publish means an invalid token, not an outage.
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw error instanceof KeysUnavailable
        ? error
        : new KeysUnavailable('The keys could not be fetched', { cause: error });
    }
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  try {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), redirect: 'error' });
    if (!response.ok) throw new Error(`discovery answered ${response.status}`);
    const document = discoveryDocument.parse(await response.json());
    if (document.issuer !== issuer) throw new Error('discovery names another issuer');
    return createRemoteJWKSet(new URL(document.jwks_uri), {
      timeoutDuration: FETCH_TIMEOUT_MS,
      cooldownDuration: COOLDOWN_MS,
      cacheMaxAge: MAX_AGE_MS,
    });
  } catch (error) {
    throw new KeysUnavailable('The identity provider could not be discovered', { cause: error });
  }
}
