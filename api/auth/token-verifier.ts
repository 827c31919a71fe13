import { errors, jwtVerify, type CryptoKey, type JWTVerifyGetKey, type KeyObject } from 'jose';
import { ApiProblem } from '../problem.ts';
import type { Scope } from '#contract/profile.ts';
import { SERVICE_SUBJECT_PREFIX } from '#contract/subject.ts';
import { accessTokenFault, clientOf } from './access-token.ts';
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
  /** The clients whose users' tokens are accepted. Default: any, for an issuer that has no others. */
  readonly clients?: readonly string[];
  /** The clients whose services' tokens are accepted, with the most that each may do. Default: any client, with its token's scopes. */
  readonly services?: ServiceClients;
  /** The oldest token that is accepted, whatever its expiry says, in seconds. Default: its expiry alone decides. */
  readonly maxAgeSeconds?: number;
  /** Where they differ from OpenID Connect's standard claims. */
  readonly identityClaims?: IdentityClaims | undefined;
}

export type ServiceClients = ReadonlyMap<string, readonly Scope[]>;

/** @throws ApiProblem unauthorized, without naming the failed check; unavailable when the keys can't be fetched */
export type TokenVerifier = (token: string) => Promise<Identity>;

/** @param onRefused receives the reason for the log; callers don't get it */
export function createTokenVerifier(rules: TokenRules, onRefused: (reason: string) => void = () => {}): TokenVerifier {
  const { issuer, audience, algorithms, key, maxAgeSeconds, identityClaims } = rules;
  const getKey: JWTVerifyGetKey = typeof key === 'function' ? key : () => Promise.resolve(key);
  return async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, getKey, {
        issuer,
        audience,
        algorithms: [...algorithms],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp'],
        ...(maxAgeSeconds !== undefined && { maxTokenAge: maxAgeSeconds }),
      });
      const fault = accessTokenFault(protectedHeader.typ, payload, rules);
      const identity = fault === undefined ? identityOf(payload, identityClaims) : undefined;
      const allowed = identity && withinClient(identity, clientOf(payload), rules);
      if (allowed !== undefined) return allowed;
      onRefused(fault ?? (identity ? 'it was issued to another client' : 'its claims are not valid'));
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

/** The identity, limited to what the token's client may do; undefined when the client is not one of ours. */
function withinClient(
  identity: Identity,
  client: string | undefined,
  { clients, services }: Pick<TokenRules, 'clients' | 'services'>,
): Identity | undefined {
  if (identity.kind === 'user')
    return !clients || (client !== undefined && clients.includes(client)) ? identity : undefined;
  if (services === undefined) return identity;
  const granted = client === undefined ? undefined : services.get(client);
  if (client === undefined || granted === undefined) return undefined;
  const scopes = identity.scopes.filter((scope) => granted.includes(scope));
  // The client owns the account: the subject of its tokens differs between identity providers.
  return { ...identity, subject: SERVICE_SUBJECT_PREFIX + client, scopes };
}

/** The identity provider's keys could not be fetched. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

export function unauthorized(detail: string): ApiProblem {
  return new ApiProblem('unauthorized', { detail, headers: { 'WWW-Authenticate': 'Bearer' } });
}
