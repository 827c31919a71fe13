import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Role, Scope } from '#contract/profile.ts';
import type { Tier } from '#domain/generation/tier.ts';
import type { TokenRules } from './token-verifier.ts';

export const DEMO_ISSUER = 'avatar-studio-demo';
export const AUDIENCE = 'avatar-studio';
const ALGORITHM = 'ES256';
/** Half a day, so that a demo user is not signed out while trying the studio. */
export const DEMO_TOKEN_SECONDS = 12 * 3600;

export interface DemoUserClaims {
  readonly sub: string;
  readonly tier: Exclude<Tier, 'service'>;
  readonly role?: Role;
  readonly name?: string;
}

export interface DemoServiceClaims {
  readonly sub: string;
  readonly scopes: readonly Scope[];
}

/** Signs tokens with the embedded stack's own key. Not available with an identity provider. */
export interface DemoTokens {
  forUser(claims: DemoUserClaims, lifetimeSeconds?: number): Promise<string>;
  forService(claims: DemoServiceClaims, lifetimeSeconds?: number): Promise<string>;
  /** The rules by which the API verifies these tokens. */
  readonly rules: TokenRules;
}

/** @param privateKeyPem a P-256 key, PKCS 8 */
export function createDemoTokens(privateKeyPem: string): DemoTokens {
  const privateKey: KeyObject = createPrivateKey(privateKeyPem);
  const sign = (claims: Record<string, unknown>, lifetimeSeconds = DEMO_TOKEN_SECONDS) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt' })
      .setIssuer(DEMO_ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + lifetimeSeconds)
      .sign(privateKey);
  return {
    forUser: (claims, lifetimeSeconds) => sign({ ...claims, typ: 'user' }, lifetimeSeconds),
    forService: (claims, lifetimeSeconds) => sign({ ...claims, typ: 'service' }, lifetimeSeconds),
    rules: {
      issuer: DEMO_ISSUER,
      audience: AUDIENCE,
      algorithms: [ALGORITHM],
      key: createPublicKey(privateKey),
    },
  };
}
