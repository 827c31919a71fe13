import { z } from 'zod';
import { AUDIENCE_PARAMETERS } from '#contract/profile.ts';
import { allowedHosts } from '#process/allowed-hosts.ts';
import { callbackVariables, providerVariables } from '#process/provider-variables.ts';
import { RELEASE } from '#process/release.ts';
import { readVariables } from '#process/read-variables.ts';
import { tracingVariables } from '#process/tracing/variables.ts';
import { trustedProxies } from '#process/trusted-proxies.ts';
import { serviceClients } from './auth/service-clients.ts';
import { demoSignInFault } from '#domain/account/demo-sign-in-fault.ts';
import { DEFAULT_STARTER_LIMITS } from '#domain/account/starter-credits.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { DEFAULT_IDENTITY_CLAIMS } from './auth/claims.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const file = z.string().min(1);
const grants = z.coerce.number().int().min(0).max(1_000_000);
const claimName = z.string().min(1).max(255);
const providerList = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(PROVIDERS)).min(1));

const environment = z
  .object({
    NODE_ENV: z.string().optional(),
    DATABASE_URL: z.string().min(1),
    /** A file with the password of addresses that have none. */
    DATABASE_PASSWORD_FILE: file.optional(),
    /** Direct to the server: LISTEN does not work through a pooler. */
    DATABASE_LISTEN_URL: z.string().min(1).optional(),
    /** A standby for lists and analytics. */
    DATABASE_READ_URL: z.string().min(1).optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(20),
    /** The same as the workers'; see temporal/env.ts. */
    TASK_QUEUE_SUFFIX: z
      .string()
      .regex(/^[a-z0-9-]*$/)
      .default(''),
    TEMPORAL_UI_URL: z.url().optional(),
    GCS_ENDPOINT: z.url().optional(),
    /** The emulator's URL for browsers, where it differs. */
    GCS_PUBLIC_ENDPOINT: z.url().optional(),
    GCS_BUCKET: z.string().min(1),
    GCS_CLIENT_EMAIL: z.string().min(1).optional(),
    GCS_PRIVATE_KEY_FILE: file.optional(),
    /** Cloud CDN in front of the bucket, from where browsers then read images. Its URLs are signed with the key of that name. */
    CDN_BASE_URL: z.url({ protocol: /^https$/ }).optional(),
    CDN_KEY_NAME: z
      .string()
      .regex(/^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a name of Google Cloud')
      .optional(),
    CDN_KEY_FILE: file.optional(),
    /** Lets everyone sign in as alice, bob or an admin; with OIDC_ISSUER there are no demo users. */
    DEMO_SIGN_IN: z.enum(['on', 'off']).default('off'),
    /** Signs the demo users' tokens. */
    AUTH_PRIVATE_KEY_FILE: file.optional(),
    OIDC_ISSUER: z.url().optional(),
    OIDC_AUDIENCE: z.string().min(1).optional(),
    /** The public client with which the page signs users in. */
    OIDC_CLIENT_ID: z.string().min(1).default('avatar-studio-web'),
    /** Other clients whose users' tokens are accepted, separated by commas. */
    OIDC_CLIENTS: z
      .string()
      .transform((list) => list.split(',').map((name) => name.trim()))
      .default([]),
    /** Older access tokens are refused, whatever their expiry says. Seconds; a day by default. */
    OIDC_TOKEN_MAX_AGE: z.coerce.number().int().min(60).default(86_400),
    /** The other products that may call the API, and the most that each may do. */
    SERVICE_CLIENTS: serviceClients.default(new Map()),
    OIDC_SCOPE: z
      .string()
      .regex(/\bopenid\b/, 'must include openid')
      .default('openid profile'),
    /** The claim that is true when the identity provider has verified an address of the user, and the claim with that address. */
    OIDC_VERIFIED_CLAIM: claimName.default(DEFAULT_IDENTITY_CLAIMS.verified),
    OIDC_ADDRESS_CLAIM: claimName.default(DEFAULT_IDENTITY_CLAIMS.address),
    /** For identity providers that need the audience as a parameter. */
    OIDC_AUDIENCE_PARAMETER: z.enum(AUDIENCE_PARAMETERS).optional(),
    API_HOST: z.string().min(1).default('127.0.0.1'),
    API_PORT: port.default(8080),
    /** Where other services call the API and Prometheus reads the metrics: not reachable from outside. */
    INTERNAL_HOST: z.string().min(1).default('127.0.0.1'),
    INTERNAL_PORT: port.default(8081),
    /** The machine's address at which the containers of page and API are published. */
    PUBLISHED_ON: z.string().optional(),
    /** The proxies whose X-Forwarded-For is trusted: the page's server. */
    TRUSTED_PROXIES: trustedProxies.default(['loopback']),
    WEB_URL: z.url().optional(),
    /** With demo users: host names besides loopback's and WEB_URL's. */
    ALLOWED_HOSTS: allowedHosts.default([]),
    /** The workers' providers: the API plans the providers of each generation. */
    PROVIDERS: providerList.optional(),
    ...providerVariables,
    ...callbackVariables,
    /** The keys that seal secrets in the database; the same as the workers'. */
    SECRETS_KEY_FILE: file.optional(),
    /** The certificate chain and the private key, PEM, that sign the C2PA manifests of downloads. */
    C2PA_CERTIFICATE_FILE: file.optional(),
    C2PA_PRIVATE_KEY_FILE: file.optional(),
    /** Development only: allows webhooks to private addresses and without TLS. */
    WEBHOOKS_ALLOW_PRIVATE: z.stringbool().default(false),
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(300),
    UPLOAD_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(20),
    /** Starter credits of accounts without a verified identity; 0: only verified ones get any. */
    STARTER_GRANTS_PER_NETWORK: grants.default(DEFAULT_STARTER_LIMITS.network),
    STARTER_GRANTS_PER_DEVICE: grants.default(DEFAULT_STARTER_LIMITS.device),
    /** After SIGTERM the API stays open but not ready for this long, so that load balancers remove it first; 0 without a load balancer. */
    DRAIN_MS: z.coerce.number().int().min(0).max(60_000).default(5_000),
    /** Written by `npm start` while it prepares the embedded stack: the parts and their progress. */
    STARTUP_STATUS_FILE: file.optional(),
    ...tracingVariables,
    /** The release, in every log entry. */
    AVATAR_STUDIO_VERSION: z.string().min(1).default(RELEASE),
    LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  })
  .superRefine((env, { addIssue }) => {
    const fault = env.DEMO_SIGN_IN === 'on' ? demoSignInFault({ ...env, host: env.API_HOST }) : undefined;
    if (fault !== undefined) addIssue({ code: 'custom', path: ['DEMO_SIGN_IN'], message: fault });
  })
  .refine((env) => env.OIDC_ISSUER !== undefined || env.DEMO_SIGN_IN === 'on', {
    path: ['OIDC_ISSUER'],
    error: 'set OIDC_ISSUER and OIDC_AUDIENCE, or DEMO_SIGN_IN=on for demo users',
  })
  .refine((env) => env.DEMO_SIGN_IN === 'off' || env.AUTH_PRIVATE_KEY_FILE !== undefined, {
    path: ['AUTH_PRIVATE_KEY_FILE'],
    error: 'is required with DEMO_SIGN_IN=on',
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.SECRETS_KEY_FILE !== undefined, {
    path: ['SECRETS_KEY_FILE'],
    error: 'is required in production',
  })
  .refine((env) => env.OIDC_ISSUER === undefined || env.OIDC_AUDIENCE !== undefined, {
    path: ['OIDC_AUDIENCE'],
    error: 'is required with OIDC_ISSUER',
  })
  .refine((env) => (env.C2PA_CERTIFICATE_FILE === undefined) === (env.C2PA_PRIVATE_KEY_FILE === undefined), {
    path: ['C2PA_PRIVATE_KEY_FILE'],
    error: 'must be set together with C2PA_CERTIFICATE_FILE',
  })
  .refine((env) => (env.GCS_CLIENT_EMAIL === undefined) === (env.GCS_PRIVATE_KEY_FILE === undefined), {
    path: ['GCS_PRIVATE_KEY_FILE'],
    error: 'must be set together with GCS_CLIENT_EMAIL',
  })
  .refine(({ CDN_BASE_URL, CDN_KEY_NAME, CDN_KEY_FILE }) => isAllOrNone([CDN_BASE_URL, CDN_KEY_NAME, CDN_KEY_FILE]), {
    path: ['CDN_BASE_URL'],
    error: 'must be set together with CDN_KEY_NAME and CDN_KEY_FILE',
  });

function isAllOrNone(values: readonly (string | undefined)[]): boolean {
  return new Set(values.map((value) => value === undefined)).size === 1;
}

export type ApiEnvironment = z.infer<typeof environment>;
export const API_VARIABLES = environment.shape;

/** @throws Error with a one-line message that names each wrong variable and its fault */
export function readEnvironment(source: NodeJS.ProcessEnv): ApiEnvironment {
  return readVariables(environment, source);
}
