import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { v5 as uuidv5 } from 'uuid';
import { API_KEY_PREFIX } from '#domain/account/api-key.ts';
import type { Scope } from '#contract/profile.ts';
import { INTERNAL_BASE, type Route } from '#contract/route.ts';
import { SignedInBeforeErasure } from '#drizzle/queries/accounts/accounts.ts';
import type { KeyHolders } from '../api-keys/key-holders.ts';
import type { Accounts } from '../auth/accounts.ts';
import { deviceId } from '#contract/device-id.ts';
import { onBehalfOfSubject } from '#contract/subject.ts';
import type { Identity } from '../auth/claims.ts';
import { unauthorized, type TokenVerifier } from '../auth/token-verifier.ts';
import { clientNetwork } from './client-network.ts';
import { accountBlocked, ApiProblem, notFound } from '../problem.ts';
import type { Caller } from '../request-context.ts';

/** A longer one is not a token of ours, and not worth a signature check. */
const MAX_TOKEN_LENGTH = 8_192;
const BEARER = /^Bearer ([\w.~+/-]+=*)$/i;

/** The event stream of a user without an account ends after this, because the account may exist by then. */
const UNOPENED_ACCOUNT_MS = 60_000;
/** Salts the ids of users without an account, so that no log and no counter identifies them outside this process. */
const UNOPENED_ACCOUNT_NAMESPACE = randomUUID();

export interface AuthenticateDeps {
  readonly verify: TokenVerifier;
  readonly accounts: Accounts;
  readonly keyHolders: Pick<KeyHolders, 'of'>;
}

/** Which of the API's two listeners received a request. */
export type Listener = 'external' | 'internal';
export type Authenticate = (req: Request, route: AuthenticatedRoute, listener: Listener) => Promise<Caller>;
/** A route that is not public. */
export type AuthenticatedRoute = Pick<Route, 'only' | 'base' | 'onBehalf' | 'opensAccount' | 'acceptsBlocked'> & {
  readonly access: Exclude<Route['access'], 'public'>;
};

/**
 * The caller, from `Authorization: Bearer`: a token or an API key, which needs the scope `access`. A user may use their own resources; a service needs `scope`, and acts for itself or for
 * the user named in X-On-Behalf-Of, where the route allows that; internal routes require it. `only` refuses all other kinds of callers. Signing in opens an account;
 * a service opens one for a user by creating something for them, and until then reading finds nothing. The external listener refuses
 * services: a stolen token of theirs is worthless to whoever can't reach the internal address.
 * @throws ApiProblem unauthorized, forbidden, account_blocked, validation_failed, not_found
 */
export function createAuthenticate({ verify, accounts, keyHolders }: AuthenticateDeps): Authenticate {
  /** A key's account, with the user's rights, but no admin's. */
  async function keyCaller(key: string, access: Scope): Promise<Caller> {
    const holder = await keyHolders.of(key);
    if (holder === undefined) throw unauthorized('The API key is not valid. It may have expired');
    const { accountId, tier, name, scopes, expiresAt } = holder;
    if (holder.blocked) throw accountBlocked();
    if (!scopes.includes(access)) throw missingScope(access);
    return { kind: 'user', accountId, tier, role: 'user', name, expiresAtMs: expiresAt.getTime() };
  }

  return async (
    req,
    { access, only, base, onBehalf = false, opensAccount = false, acceptsBlocked = false },
    listener,
  ) => {
    const token = bearerToken(req);
    const onBehalfOf = req.headersDistinct['x-on-behalf-of'];
    if (token.startsWith(API_KEY_PREFIX)) {
      if (only !== undefined) throw new ApiProblem('forbidden', { detail: 'API keys can not be used for this route' });
      if (onBehalfOf !== undefined) throw onlyServicesAct();
      return keyCaller(token, access);
    }
    const identity = await verify(token);
    if (identity.kind === 'service' && listener === 'external') {
      throw new ApiProblem('forbidden', { detail: 'Services use the internal address of the API' });
    }
    if (!isCallerAllowed(only, identity))
      throw new ApiProblem('forbidden', { detail: `Only ${only}s can use this route` });
    const { kind, expiresAtMs } = identity;
    if (identity.kind === 'user') {
      if (onBehalfOf !== undefined) throw onlyServicesAct();
      const { role, name, subject, issuedAt, verified, address } = identity;
      const signals = { network: clientNetwork(req.ip), device: deviceOf(req), verified, address };
      const user = { subject, tier: identity.tier, name, issuedAt, signals };
      const { accountId, tier } = await accounts.open(user, { acceptsBlocked }).catch(refuseErased);
      return { kind, accountId, tier, role, name, expiresAtMs };
    }
    if (!identity.scopes.includes(access)) throw missingScope(access);
    const service = { kind, role: 'user', name: null, expiresAtMs } as const;
    if (onBehalfOf === undefined) {
      if (base === INTERNAL_BASE) throw invalidOnBehalfOf('is required: internal routes act for a user');
      const { accountId } = await accounts.open({ subject: identity.subject, tier: 'service', name: null });
      return { ...service, accountId, clientId: accountId, tier: 'service' };
    }
    if (!onBehalf) throw new ApiProblem('forbidden', { detail: 'This route can not be used on behalf of a user' });
    const subject = subjectOf(onBehalfOf);
    const account = await accounts.ofUser(subject, { opens: opensAccount });
    if (account) {
      const { accountId, tier, blocked } = account;
      if (blocked) throw accountBlocked();
      return { ...service, accountId, tier };
    }
    // A user without an account has nothing that could be changed.
    if (access !== 'avatars:read') throw notFound();
    const validUntilMs = Math.min(expiresAtMs, Date.now() + UNOPENED_ACCOUNT_MS);
    return {
      ...service,
      accountId: uuidv5(subject, UNOPENED_ACCOUNT_NAMESPACE),
      tier: 'free',
      expiresAtMs: validUntilMs,
    };
  };
}

/** @throws ApiProblem validation_failed, also for a list and for a header that was sent twice */
function subjectOf(headers: readonly string[]): string {
  const subject = onBehalfOfSubject.safeParse(headers[0]);
  if (!subject.success || headers.length > 1)
    throw invalidOnBehalfOf('must be the subject of one user, as in their tokens');
  return subject.data;
}

function missingScope(scope: Scope): ApiProblem {
  return new ApiProblem('forbidden', { detail: `This route needs the scope ${scope}` });
}

function onlyServicesAct(): ApiProblem {
  return new ApiProblem('forbidden', { detail: 'Only services can act on behalf of users' });
}

/** The random id of a browser, from its storage. Any other value counts as none: a client may send what it likes. */
function deviceOf(req: Request): string | undefined {
  return deviceId.safeParse(req.get('X-Device-Id')).data;
}

function invalidOnBehalfOf(message: string): ApiProblem {
  return new ApiProblem('validation_failed', { errors: [{ path: 'X-On-Behalf-Of', message }] });
}

function refuseErased(error: unknown): never {
  throw error instanceof SignedInBeforeErasure ? unauthorized('This account was erased. Sign in again') : error;
}

function isCallerAllowed(only: Route['only'], identity: Identity): boolean {
  if (only === undefined) return true;
  if (only === 'service') return identity.kind === 'service';
  return identity.kind === 'user' && (only === 'user' || identity.role === 'admin');
}

function bearerToken(req: Request): string {
  const header = req.get('Authorization');
  if (header === undefined) throw unauthorized('Send a bearer token');
  const token = header.length <= MAX_TOKEN_LENGTH ? BEARER.exec(header)?.[1] : undefined;
  if (token === undefined) throw unauthorized('The token is not valid');
  return token;
}
