import type { Request } from 'express';
import { INTERNAL_BASE, type Route } from '../../contract/route.ts';
import { SignedInBeforeErasure } from '../../drizzle/queries/accounts.ts';
import type { Accounts } from '../auth/accounts.ts';
import { userSubject } from '../../contract/subject.ts';
import type { Identity } from '../auth/claims.ts';
import { unauthorized, type TokenVerifier } from '../auth/token-verifier.ts';
import { ApiProblem } from '../problem.ts';
import type { Caller } from '../request-context.ts';

/** Longer ones are no token of ours, and not worth a signature check. */
const MAX_TOKEN_LENGTH = 8_192;
const BEARER = /^Bearer ([\w.~+/-]+=*)$/i;

export type Authenticate = (req: Request, route: Authenticated) => Promise<Caller>;
/** A route that is not public. */
export type Authenticated = Pick<Route, 'only' | 'base'> & { readonly access: Exclude<Route['access'], 'public'> };

/**
 * Who asks, from `Authorization: Bearer`. A user may do what is theirs to do; a service needs `scope`, and acts for itself or for
 * the user named in X-On-Behalf-Of, which internal routes insist on. `only` shuts out everybody else.
 * @throws ApiProblem unauthorized, forbidden, validation_failed
 */
export function createAuthenticate({ verify, accounts }: { verify: TokenVerifier; accounts: Accounts }): Authenticate {
  return async (req, { access, only, base }) => {
    const identity = await verify(bearerToken(req));
    if (!isAmong(only, identity)) throw new ApiProblem('forbidden', { detail: `This is for ${only}s only` });
    const onBehalfOf = req.get('X-On-Behalf-Of');
    const { kind, expiresAtMs } = identity;
    if (identity.kind === 'user') {
      if (onBehalfOf !== undefined)
        throw new ApiProblem('forbidden', { detail: 'Only services act on behalf of others' });
      const { role, tier, name, subject, issuedAt } = identity;
      const accountId = await accounts.open({ subject, tier, name, issuedAt }).catch(erased);
      return { kind, accountId, tier, role, name, expiresAtMs };
    }
    if (!identity.scopes.includes(access)) {
      throw new ApiProblem('forbidden', { detail: `This needs the scope ${access}` });
    }
    if (onBehalfOf === undefined && base === INTERNAL_BASE) throw onBehalfOfNobody('say for whom');
    const { accountId, tier } = await accountOf(identity.subject, onBehalfOf);
    return { kind, accountId, tier, role: 'user', name: null, expiresAtMs };
  };

  async function accountOf(service: string, onBehalfOf: string | undefined) {
    if (onBehalfOf === undefined) {
      return {
        accountId: await accounts.open({ subject: service, tier: 'service', name: null }),
        tier: 'service' as const,
      };
    }
    const subject = userSubject.safeParse(onBehalfOf);
    if (!subject.success) throw onBehalfOfNobody('names nobody');
    return accounts.ofUser(subject.data);
  }
}

function onBehalfOfNobody(message: string): ApiProblem {
  return new ApiProblem('validation_failed', { errors: [{ path: 'X-On-Behalf-Of', message }] });
}

function erased(error: unknown): never {
  throw error instanceof SignedInBeforeErasure ? unauthorized('This account was erased. Sign in again') : error;
}

function isAmong(only: Route['only'], identity: Identity): boolean {
  if (only === undefined) return true;
  return only === 'service' ? identity.kind === 'service' : identity.kind === 'user' && identity.role === 'admin';
}

function bearerToken(req: Request): string {
  const header = req.get('Authorization');
  if (header === undefined) throw unauthorized('Send a bearer token');
  const token = header.length <= MAX_TOKEN_LENGTH ? BEARER.exec(header)?.[1] : undefined;
  if (token === undefined) throw unauthorized('The token is not valid');
  return token;
}
