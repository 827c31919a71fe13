import type { Request } from 'express';
import type { Scope } from '../../contract/me.ts';
import type { Route } from '../../contract/route.ts';
import type { Accounts } from '../auth/accounts.ts';
import { userSubject, type Identity } from '../auth/claims.ts';
import { unauthorized, type TokenVerifier } from '../auth/token-verifier.ts';
import { ApiProblem } from '../problem.ts';
import type { Caller } from '../request-context.ts';

/** Longer ones are no token of ours, and not worth a signature check. */
const MAX_TOKEN_LENGTH = 8_192;
const BEARER = /^Bearer ([\w.~+/-]+=*)$/i;

export type Authenticate = (req: Request, scope: Scope, only?: Route['only']) => Promise<Caller>;

/**
 * Who asks, from `Authorization: Bearer`. A user may do what is theirs to do; a service needs `scope`, and acts for itself or for
 * the user named in X-On-Behalf-Of. `only` shuts out everybody else.
 * @throws ApiProblem unauthorized, forbidden
 */
export function createAuthenticate({ verify, accounts }: { verify: TokenVerifier; accounts: Accounts }): Authenticate {
  return async (req, scope, only) => {
    const identity = await verify(bearerToken(req));
    if (!isAmong(only, identity)) throw new ApiProblem('forbidden', { detail: `This is for ${only}s only` });
    const onBehalfOf = req.get('X-On-Behalf-Of');
    const { kind, expiresAtMs } = identity;
    if (identity.kind === 'user') {
      if (onBehalfOf !== undefined)
        throw new ApiProblem('forbidden', { detail: 'Only services act on behalf of others' });
      const { role, tier, name, subject } = identity;
      const accountId = await accounts.open({ subject, tier, name });
      return { kind, accountId, tier, role, name, expiresAtMs };
    }
    if (!identity.scopes.includes(scope)) {
      throw new ApiProblem('forbidden', { detail: `This needs the scope ${scope}` });
    }
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
    if (!subject.success) {
      throw new ApiProblem('validation_failed', { errors: [{ path: 'X-On-Behalf-Of', message: 'names nobody' }] });
    }
    return accounts.ofUser(subject.data);
  }
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
