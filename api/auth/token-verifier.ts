import { errors, jwtVerify, type CryptoKey, type JWTVerifyGetKey, type KeyObject } from 'jose';
import { ApiProblem } from '../problem.ts';
import { identityOf, type Identity, type IdentityClaims } from './claims.ts';

/** The clocks of two hosts may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 5;
const UNAVAILABLE_RETRY_SECONDS = 5;

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** No other algorithm is accepted, whatever a token's header names. */
  readonly algorithms: readonly string[];
  readonly key: CryptoKey | KeyObject | JWTVerifyGetKey;
  /** Where they differ from OpenID Connect's standard claims. */
  readonly identityClaims?: IdentityClaims | undefined;
}

/** @throws ApiProblem unauthorized, without naming the failed check; unavailable when the keys can't be fetched */
export type TokenVerifier = (token: string) => Promise<Identity>;

/** @param onRefused receives the reason for the log; callers don't get it */
export function createTokenVerifier(rules: TokenRules, onRefused: (reason: string) => void = () => {}): TokenVerifier {
  const { issuer, audience, algorithms, key, identityClaims } = rules;
  const getKey: JWTVerifyGetKey = typeof key === 'function' ? key : () => Promise.resolve(key);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, getKey, {
        issuer,
        audience,
        algorithms: [...algorithms],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp'],
      });
      const identity = identityOf(payload, identityClaims);
      if (identity !== undefined) return identity;
      onRefused('its claims are not valid');
    } catch (error) {
      if (error instanceof KeysUnavailable) {
        throw new ApiProblem('unavailable', { retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS, cause: error });
      }
      if (error instanceof Error) onRefused(error.message);
      if (error instanceof errors.JWTExpired) throw unauthorized('The token has expired');
      if (!(error instanceof errors.JOSEError) && !(error instanceof TypeError)) throw error;
    }
    throw unauthorized('The token is not valid');
  };
}

/** The identity provider's keys could not be fetched. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

export function unauthorized(detail: string): ApiProblem {
  return new ApiProblem('unauthorized', { detail, headers: { 'WWW-Authenticate': 'Bearer' } });
}
