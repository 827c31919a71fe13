import { z } from 'zod';
import { AUDIENCE_PARAMETERS } from '../contract/me.ts';
import { PROVIDERS } from '../domain/provider.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const dollars = z.coerce.number().min(0);
const file = z.string().min(1);
const providerList = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(PROVIDERS)).min(1));

const environment = z
  .object({
    DATABASE_URL: z.string().min(1),
    /** Direct to the server: a pooler loses LISTEN. */
    DATABASE_LISTEN_URL: z.string().min(1).optional(),
    /** A standby for lists and analytics. */
    DATABASE_READ_URL: z.string().min(1).optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(20),
    /** As the workers have it; see temporal/env.ts. */
    TASK_QUEUE_SUFFIX: z
      .string()
      .regex(/^[a-z0-9-]*$/)
      .default(''),
    TEMPORAL_UI_URL: z.url().optional(),
    GCS_ENDPOINT: z.url().optional(),
    /** The emulator's address as browsers reach it, where that differs. */
    GCS_PUBLIC_ENDPOINT: z.url().optional(),
    GCS_BUCKET: z.string().min(1),
    GCS_CLIENT_EMAIL: z.string().min(1).optional(),
    GCS_PRIVATE_KEY_FILE: file.optional(),
    AUTH_PRIVATE_KEY_FILE: file.optional(),
    OIDC_ISSUER: z.url().optional(),
    OIDC_AUDIENCE: z.string().min(1).optional(),
    /** The public client as which the page signs people in. */
    OIDC_CLIENT_ID: z.string().min(1).default('avatar-studio-web'),
    OIDC_SCOPE: z
      .string()
      .regex(/\bopenid\b/, 'names openid among others')
      .default('openid profile'),
    /** For providers that must be told whom a token is meant for. */
    OIDC_AUDIENCE_PARAMETER: z.enum(AUDIENCE_PARAMETERS).optional(),
    API_HOST: z.string().min(1).default('127.0.0.1'),
    API_PORT: port.default(8080),
    WEB_URL: z.url().optional(),
    /** Painters the workers have; the plan of a generation is made here. */
    PROVIDERS: providerList.optional(),
    REPLICATE_API_TOKEN: z.string().min(1).optional(),
    FAL_KEY: z.string().min(1).optional(),
    HF_TOKEN: z.string().min(1).optional(),
    /** US dollars a day (UTC) for paid painters, all together and each; unset: no bound. */
    PROVIDER_BUDGET_USD_DAY: dollars.optional(),
    REPLICATE_BUDGET_USD_DAY: dollars.optional(),
    FAL_BUDGET_USD_DAY: dollars.optional(),
    HF_BUDGET_USD_DAY: dollars.optional(),
    /** With which Replicate signs its calls back. */
    REPLICATE_WEBHOOK_SECRET: z.string().startsWith('whsec_').optional(),
    /** Development only: people's webhooks may go to this machine, and without TLS. */
    WEBHOOKS_ALLOW_PRIVATE: z.stringbool().default(false),
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(300),
    UPLOAD_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(20),
    /** On SIGTERM the listener stays open for this long, not ready, so that balancers look elsewhere first; 0: nobody balances. */
    DRAIN_MS: z.coerce.number().int().min(0).max(60_000).default(5_000),
    LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  })
  .refine((env) => env.OIDC_ISSUER !== undefined || env.AUTH_PRIVATE_KEY_FILE !== undefined, {
    path: ['OIDC_ISSUER'],
    error: 'set OIDC_ISSUER and OIDC_AUDIENCE, or AUTH_PRIVATE_KEY_FILE for demo tokens',
  })
  .refine((env) => env.OIDC_ISSUER === undefined || env.OIDC_AUDIENCE !== undefined, {
    path: ['OIDC_AUDIENCE'],
    error: 'is needed with OIDC_ISSUER',
  })
  .refine((env) => (env.GCS_CLIENT_EMAIL === undefined) === (env.GCS_PRIVATE_KEY_FILE === undefined), {
    path: ['GCS_PRIVATE_KEY_FILE'],
    error: 'goes together with GCS_CLIENT_EMAIL',
  });
export type ApiEnvironment = z.infer<typeof environment>;

/** @throws Error in one readable line: which variable, and what is wrong with it */
export function readEnvironment(source: NodeJS.ProcessEnv): ApiEnvironment {
  // An empty variable is an unset one, as in a shell's `${X:-}`.
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = environment.safeParse(set);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The API can't start with this environment: ${wrong.join('; ')}`);
}
