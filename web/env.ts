import { z } from 'zod';
import { trustedProxies } from '#contract/trusted-proxies.ts';
import { demoSignInFault } from '#domain/account/demo-sign-in.ts';
import { misspelledVariables } from '#domain/configuration/misspelled-variables.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z
  .object({
    /** 0: any free one. */
    WEB_PORT: port.default(5173),
    WEB_HOST: z.string().default('127.0.0.1'),
    /** As the API's: on SIGTERM the listener stays open for this long, not ready. */
    DRAIN_MS: z.coerce.number().int().min(0).max(60_000).default(5_000),
    API_URL: z.url().default('http://127.0.0.1:8080'),
    /** Where signed image addresses point to. */
    IMAGE_ORIGIN: z.url().default('https://storage.googleapis.com'),
    /** Who signs people in: the page may ask it for tokens, and frame it unseen. */
    OIDC_ISSUER: z.url().optional(),
    /** Other origins its addresses lie at, separated by commas. */
    OIDC_ORIGINS: z
      .string()
      .transform((list) => list.split(',').map((origin) => origin.trim()))
      .pipe(z.array(z.url()))
      .default([]),
    /** As the API has it: through this server demo users are reached from wherever it is. */
    DEMO_SIGN_IN: z.enum(['on', 'off']).default('off'),
    PUBLISHED_ON: z.string().optional(),
    /** Load balancers before this server: their X-Forwarded-For is believed; nobody's by default. */
    TRUSTED_PROXIES: trustedProxies.default([]),
  })
  .superRefine(({ DEMO_SIGN_IN, WEB_HOST: host, PUBLISHED_ON }, { addIssue }) => {
    // In production the API refuses them.
    const fault = DEMO_SIGN_IN === 'on' ? demoSignInFault({ host, PUBLISHED_ON }) : undefined;
    if (fault !== undefined) addIssue({ code: 'custom', path: ['DEMO_SIGN_IN'], message: fault });
  });
export const WEB_VARIABLES = Object.keys(schema.shape);

export interface WebEnv {
  readonly port: number;
  readonly host: string;
  readonly drainMs: number;
  readonly apiUrl: string;
  readonly imageOrigin: string;
  /** Of the identity provider; empty where demo users sign in. */
  readonly signInOrigins: readonly string[];
  /** Load balancers before this server. */
  readonly trustedProxies: readonly string[];
}

/** @throws Error naming every variable that is wrong, in one line */
export function readEnv(environment: Readonly<Record<string, string | undefined>>): WebEnv {
  // An empty variable is an unset one, as in a shell's `${X:-}`.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = schema.safeParse(given);
  const misspelled = misspelledVariables(Object.keys(given));
  if (!read.success || misspelled.length > 0) {
    const invalid = read.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
    const wrong = [...misspelled, ...invalid];
    throw new Error(`The web server's environment is not usable. ${wrong.join('; ')}`);
  }
  const { WEB_PORT, WEB_HOST, DRAIN_MS, API_URL, IMAGE_ORIGIN, OIDC_ISSUER, OIDC_ORIGINS, TRUSTED_PROXIES } = read.data;
  const provider = OIDC_ISSUER === undefined ? [] : [OIDC_ISSUER, ...OIDC_ORIGINS];
  return {
    port: WEB_PORT,
    host: WEB_HOST,
    drainMs: DRAIN_MS,
    apiUrl: API_URL,
    imageOrigin: new URL(IMAGE_ORIGIN).origin,
    signInOrigins: [...new Set(provider.map((address) => new URL(address).origin))],
    trustedProxies: TRUSTED_PROXIES,
  };
}
