import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DEMO_USERS, ROLES, SCOPES } from '#contract/profile.ts';
import { DEMO_TOKEN_SECONDS, type DemoServiceClaims, type DemoUserClaims } from './demo-tokens.ts';
import { DEMO_ACCOUNTS } from './demo-accounts.ts';

export const USAGE = `Prints a token that the embedded stack accepts.

  npm run token -- --user alice [--tier free|plus|pro] [--role user|admin] [--hours 12]
  npm run token -- --service --scopes avatars:read,generations:write [--name chat] [--hours 12]

  --user NAME   alice, bob or admin, the demo users; any other name is a user of the free tier
  --key FILE    private key, PEM (default: AUTH_PRIVATE_KEY_FILE, or the embedded stack's key)
`;

export type TokenRequest = { readonly lifetimeSeconds: number; readonly keyFile: string | undefined } & (
  | { readonly kind: 'user'; readonly claims: DemoUserClaims }
  | { readonly kind: 'service'; readonly claims: DemoServiceClaims }
);

const MAX_HOURS = 24 * 365;

const options = z
  .object({
    user: z.string().min(1).max(100).optional(),
    tier: z.enum(['free', 'plus', 'pro']).optional(),
    role: z.enum(ROLES).optional(),
    service: z.boolean().default(false),
    name: z.string().min(1).max(100).default('command-line'),
    scopes: z
      .string()
      .transform((list) => list.split(',').map((scope) => scope.trim()))
      .pipe(z.array(z.enum(SCOPES)))
      .default([...SCOPES]),
    hours: z.coerce
      .number()
      .positive()
      .max(MAX_HOURS)
      .default(DEMO_TOKEN_SECONDS / 3600),
    key: z.string().optional(),
  })
  .refine(({ user, service }) => (user === undefined) === service, { error: 'Pass either --user NAME or --service' });

/** @throws Error with a message for the user when the command line is not valid */
export function readTokenRequest(args: string[]): TokenRequest | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      user: text,
      tier: text,
      role: text,
      service: { type: 'boolean' },
      name: text,
      scopes: text,
      hours: text,
      key: text,
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const parsed = options.safeParse(values);
  if (!parsed.success) throw new Error(`${z.prettifyError(parsed.error)}\n\n${USAGE}`);
  const { user, tier, role, name, scopes, hours, key } = parsed.data;
  const rest = { lifetimeSeconds: Math.round(hours * 3600), keyFile: key };
  if (user === undefined) return { kind: 'service', claims: { sub: name, scopes }, ...rest };
  const known = userNamed(user);
  return {
    kind: 'user',
    claims: { ...known, ...(tier !== undefined && { tier }), ...(role !== undefined && { role }) },
    ...rest,
  };
}

function userNamed(name: string): DemoUserClaims {
  const demo = DEMO_USERS.find((user) => user === name);
  return demo ? DEMO_ACCOUNTS[demo] : { sub: `demo|${name}`, tier: 'free', name };
}
