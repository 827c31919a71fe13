import { createPrivateKey } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { AUDIENCE, createDemoTokens, DEMO_ISSUER } from '#api/auth/demo-tokens.ts';
import { createTokenVerifier } from '#api/auth/token-verifier.ts';
import { SCOPES, type Scope } from '#contract/profile.ts';
import type { Route } from '#contract/route.ts';
import { testKey, type TestUser } from '#tests/api/serve-api.ts';

const KEY = testKey();
const HOUR_SECONDS = 3600;

/** The issuer of tokens that the API under test accepts, and their verifier. */
export const tokens = createDemoTokens(KEY);
export const verify = createTokenVerifier(tokens.rules);

/** Headers that authenticate a request. */
export type Caller = Readonly<Record<string, string>>;

export const bearer = (token: string): Caller => ({ Authorization: `Bearer ${token}` });
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

interface Changes {
  readonly audience?: string;
  readonly expiresAt?: number;
  readonly type?: string;
  readonly claims?: Record<string, unknown>;
}

function sign(subject: string, changes: Changes): Promise<string> {
  return new SignJWT({ tier: 'pro', role: 'admin', typ: 'user', ...changes.claims })
    .setProtectedHeader({ alg: 'ES256', ...(changes.type && { typ: changes.type }) })
    .setIssuer(DEMO_ISSUER)
    .setAudience(changes.audience ?? AUDIENCE)
    .setSubject(subject)
    .setExpirationTime(changes.expiresAt ?? seconds(HOUR_SECONDS))
    .sign(createPrivateKey(KEY));
}

/** Callers whose token is missing or invalid, by the fault. */
export const INVALID_TOKENS: Readonly<Record<string, (subject: string) => Promise<Caller>>> = {
  'no token': async () => ({}),
  'an expired token': async (subject) => bearer(await sign(subject, { expiresAt: seconds(-HOUR_SECONDS) })),
  'a token for another audience': async (subject) => bearer(await sign(subject, { audience: 'another-app' })),
  'an ID token': async (subject) => bearer(await sign(subject, { claims: { at_hash: 'x', nonce: 'y' } })),
  'a logout token': async (subject) => bearer(await sign(subject, { type: 'logout+jwt', claims: { events: {} } })),
  'an unsigned token (alg none)': async (subject) =>
    bearer(
      new UnsecuredJWT({ tier: 'pro', role: 'admin' })
        .setIssuer(DEMO_ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(subject)
        .setExpirationTime(seconds(HOUR_SECONDS))
        .encode(),
    ),
};

/** A service that acts for itself. */
export async function serviceWith(scopes: readonly Scope[] = SCOPES): Promise<Caller> {
  return bearer(await tokens.forService({ sub: 'chat', scopes }));
}

/** A service that acts for a user. */
export async function serviceFor(subject: string, scopes: readonly Scope[] = SCOPES): Promise<Caller> {
  return { ...(await serviceWith(scopes)), 'X-On-Behalf-Of': subject };
}

/** A caller who may use the route: a service on the user's behalf, an admin, or the user. */
export async function authorizedCaller({ only, onBehalf }: Route, { subject, token }: TestUser): Promise<Caller> {
  if (only === 'service') return onBehalf ? serviceFor(subject) : serviceWith();
  if (only === 'admin') return bearer(await tokens.forUser({ sub: 'test|operator', tier: 'pro', role: 'admin' }));
  return bearer(token);
}
