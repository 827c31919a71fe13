import { INTERNAL_BASE, type Route } from '../route.ts';
import type { Json } from './json.ts';

const BEARER: Json = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };

/** Three kinds of tokens, and the user whom a service acts for. The names in brackets are scopes. */
export const SECURITY_SCHEMES = {
  user: {
    ...BEARER,
    description:
      "A user's token, or one of the user's API keys with the scope that the operation names. Operations without one are for users who signed in",
  },
  admin: { ...BEARER, description: 'A user token with the role admin' },
  service: {
    ...BEARER,
    description:
      "A service's token with the scope that the operation names, at the internal address; alone it acts for itself",
  },
  onBehalfOf: {
    type: 'apiKey',
    in: 'header',
    name: 'X-On-Behalf-Of',
    description:
      "The subject of the user whom a service acts for, as in that user's tokens: ASCII, without commas. Not a secret: only services may send it, and only to operations that list it. For a user without an account, reads find nothing, and creating a resource opens the account.",
  },
} as const satisfies Record<string, Json>;

type Alternative = Partial<Record<keyof typeof SECURITY_SCHEMES, string[]>>;

/** The alternative security requirements of a route. */
export function securityOf({
  access,
  only,
  base,
  onBehalf,
}: Pick<Route, 'access' | 'only' | 'base' | 'onBehalf'>): Alternative[] {
  if (access === 'public') return [];
  const forUser: Alternative[] = onBehalf ? [{ service: [access], onBehalfOf: [] }] : [];
  if (base === INTERNAL_BASE) return forUser;
  const service: Alternative[] = [{ service: [access] }, ...forUser];
  if (only === 'admin') return [{ admin: [] }];
  if (only === 'user') return [{ user: [] }];
  return only === 'service' ? service : [{ user: [access] }, ...service];
}
