import { z } from 'zod';
import { ROLES, SCOPES, type Role, type Scope } from '#contract/profile.ts';
import { NO_CONTROL_CHARACTERS, SERVICE_SUBJECT_PREFIX, SUBJECT_MAX_LENGTH, userSubject } from '#contract/subject.ts';
import { text } from '#contract/text.ts';
import type { Tier } from '#domain/generation/tier.ts';

/** The end of the year 9999, seconds since the epoch: later dates are not valid. */
const LAST_SECOND = 253_402_300_799;

export type Identity = UserIdentity | ServiceIdentity;

interface UserIdentity {
  readonly kind: 'user';
  readonly subject: string;
  readonly tier: Exclude<Tier, 'service'>;
  readonly role: Role;
  readonly name: string | null;
  readonly issuedAt: Date;
  /** The identity provider has verified an address of the user. */
  readonly verified: boolean;
  /** The verified address; undefined when the token does not contain it. */
  readonly address?: string | undefined;
  readonly expiresAtMs: number;
}

/** Names of the claims about a verified identity, as they differ between identity providers. */
export interface IdentityClaims {
  /** `true` when an address is verified. */
  readonly verified: string;
  readonly address: string;
}
export const DEFAULT_IDENTITY_CLAIMS: IdentityClaims = { verified: 'email_verified', address: 'email' };

/** The longest valid email address has 254 characters. */
const ADDRESS_MAX_LENGTH = 255;

interface ServiceIdentity {
  readonly kind: 'service';
  readonly subject: string;
  readonly scopes: readonly Scope[];
  readonly expiresAtMs: number;
}

const user = z.object({
  // `Bearer` is the type of Keycloak's access tokens.
  typ: z.enum(['user', 'Bearer']).default('user'),
  sub: userSubject,
  exp: z.number(),
  // A token without it counts as old: it is refused once its user was erased.
  iat: z.number().min(0).max(LAST_SECOND).catch(0),
  tier: z.enum(['free', 'plus', 'pro']).default('free'),
  role: z.enum(ROLES).default('user'),
  name: text(100).optional().catch(undefined),
});

const service = z.object({
  typ: z.literal('service'),
  sub: z
    .string()
    .min(1)
    .max(SUBJECT_MAX_LENGTH - SERVICE_SUBJECT_PREFIX.length)
    .regex(NO_CONTROL_CHARACTERS),
  exp: z.number(),
  // A list, or `scope` as in RFC 9068. Scopes of other products in the same token are ignored.
  scopes: z.array(z.string()).optional(),
  scope: z.string().optional(),
});

const claims = z.union([service, user]);

/** @returns the identity of a verified token; undefined when its claims do not have our form */
export function identityOf(
  payload: Readonly<Record<string, unknown>>,
  identityClaims: IdentityClaims = DEFAULT_IDENTITY_CLAIMS,
): Identity | undefined {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const expiresAtMs = data.exp * 1000;
  if (data.typ === 'service') {
    const named = data.scopes ?? data.scope?.split(' ') ?? [];
    const scopes = SCOPES.filter((scope) => named.includes(scope));
    return { kind: 'service', subject: SERVICE_SUBJECT_PREFIX + data.sub, scopes, expiresAtMs };
  }
  return {
    kind: 'user',
    subject: data.sub,
    tier: data.tier,
    role: data.role,
    name: data.name ?? null,
    issuedAt: new Date(data.iat * 1000),
    ...verifiedIdentity(payload, identityClaims),
    expiresAtMs,
  };
}

/** Some providers send booleans as text. Without `verified`, an address is only what the user typed. */
function verifiedIdentity(
  payload: Readonly<Record<string, unknown>>,
  names: IdentityClaims,
): Pick<UserIdentity, 'verified' | 'address'> {
  const { [names.verified]: verified, [names.address]: address } = payload;
  if (verified !== true && verified !== 'true') return { verified: false };
  const isAddress = typeof address === 'string' && address.length > 0 && address.length <= ADDRESS_MAX_LENGTH;
  return { verified: true, ...(isAddress && { address }) };
}
