import type { JWTPayload } from 'jose';

/** The header's `typ` of a JWT without a type, and of an access token (RFC 9068, 4). Any other type is another kind of token. */
const UNTYPED: ReadonlySet<string | undefined> = new Set([undefined, 'jwt']);
const ACCESS_TOKEN = 'at+jwt';
/** In these claims, identity providers name the client that a token was issued to: OpenID Connect, RFC 9068, Okta, Entra ID. */
const CLIENT_CLAIMS = ['azp', 'client_id', 'cid', 'appid'] as const;
/** An ID token carries a hash of what was issued with it (OpenID Connect Core, 3.3.2.11), a logout token its event. */
const OTHER_TOKENS_CLAIMS = ['at_hash', 'c_hash', 's_hash', 'events'] as const;

/** What an access token must be, beyond its signature, issuer and audience. */
export interface AccessTokenRules {
  readonly audience: string;
  /** The clients whose users' tokens are accepted; undefined accepts any. */
  readonly clients?: readonly string[] | undefined;
}

/**
 * The client that a token was issued to.
 * @returns undefined when the token names none, or several different ones
 */
export function clientOf(payload: JWTPayload): string | undefined {
  const named = CLIENT_CLAIMS.map((claim) => payload[claim]).filter((value) => typeof value === 'string');
  return new Set(named).size === 1 ? named[0] : undefined;
}

/** Why a verified JWT is not an access token; undefined when it is one. */
export function accessTokenFault(
  type: string | undefined,
  payload: JWTPayload,
  { audience, clients }: AccessTokenRules,
): string | undefined {
  const known = type?.toLowerCase().replace(/^application\//, '');
  if (known !== ACCESS_TOKEN && !UNTYPED.has(known)) return `its type is ${known}`;
  const foreign = OTHER_TOKENS_CLAIMS.find((claim) => payload[claim] !== undefined);
  if (foreign !== undefined) return `its claim ${foreign} belongs to another kind of token`;
  // ID tokens are issued for the client: where that is the audience too, only the type tells them from access tokens.
  if (known !== ACCESS_TOKEN && clients?.includes(audience))
    return 'its audience is a client, and its type is not at+jwt';
  return undefined;
}
