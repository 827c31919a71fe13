import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { KeysUnavailable } from './token-verifier.ts';

/** A request waits for the identity provider at most this long. */
const FETCH_TIMEOUT_MS = 5_000;
/** An unknown key id makes us fetch again, but not more often than this. */
const COOLDOWN_MS = 30_000;
/** Keys are fetched anew after this even if nothing looks wrong. */
const MAX_AGE_MS = 10 * 60_000;

/** Asymmetric ones only: a shared secret would let every holder sign. */
export const OIDC_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * The keys of an OpenID provider, found by its discovery document at first use, so that the API starts while it is away.
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
      // A key that the provider does not have makes a bad token, not an outage.
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw error instanceof KeysUnavailable
        ? error
        : new KeysUnavailable('The keys could not be fetched', { cause: error });
    }
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  try {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(address, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), redirect: 'error' });
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
