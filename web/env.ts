import { z } from 'zod';
import { readVariables } from '#process/read-variables.ts';
import { allowedHosts } from '#process/allowed-hosts.ts';
import { trustedProxies } from '#process/trusted-proxies.ts';
import { demoSignInFault } from '#domain/account/demo-sign-in-fault.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z
  .object({
    /** 0: any free port. */
    WEB_PORT: port.default(5173),
    WEB_HOST: z.string().default('127.0.0.1'),
    /** Same as the API's: on SIGTERM the listener stays open for this long, reporting not ready. */
    DRAIN_MS: z.coerce.number().int().min(0).max(60_000).default(5_000),
    API_URL: z.url().default('http://127.0.0.1:8080'),
    /** Origin of signed image URLs. */
    IMAGE_ORIGIN: z.url().default('https://storage.googleapis.com'),
    /** Same as the API's: Cloud CDN, from where the page then reads images. */
    CDN_BASE_URL: z.url({ protocol: /^https$/ }).optional(),
    /** The identity provider: the page may request tokens from it and open it in a hidden frame. */
    OIDC_ISSUER: z.url().optional(),
    /** Other origins of its endpoints, separated by commas. */
    OIDC_ORIGINS: z
      .string()
      .transform((list) => list.split(',').map((origin) => origin.trim()))
      .pipe(z.array(z.url()))
      .default([]),
    /** Same as the API's: demo users are reachable wherever this server is. */
    DEMO_SIGN_IN: z.enum(['on', 'off']).default('off'),
    PUBLISHED_ON: z.string().optional(),
    /** With demo users: host names besides loopback's. */
    ALLOWED_HOSTS: allowedHosts.default([]),
    /** Load balancers in front of this server whose X-Forwarded-For is trusted; none by default. */
    TRUSTED_PROXIES: trustedProxies.default([]),
  })
  .superRefine(({ DEMO_SIGN_IN, WEB_HOST: host, PUBLISHED_ON }, { addIssue }) => {
    // In production the API refuses demo users.
    const fault = DEMO_SIGN_IN === 'on' ? demoSignInFault({ host, PUBLISHED_ON }) : undefined;
    if (fault !== undefined) addIssue({ code: 'custom', path: ['DEMO_SIGN_IN'], message: fault });
  });
export const WEB_VARIABLES = schema.shape;

export interface WebEnv {
  readonly port: number;
  readonly host: string;
  readonly drainMs: number;
  readonly apiUrl: string;
  /** Where images come from: the bucket, and the CDN in front of it. */
  readonly imageOrigins: readonly string[];
  /** Origins of the identity provider; empty when demo users sign in. */
  readonly signInOrigins: readonly string[];
  /** Load balancers in front of this server. */
  readonly trustedProxies: readonly string[];
  /** Host names of a demo besides loopback's; undefined: every one. */
  readonly allowedHosts: readonly string[] | undefined;
}

/** @throws Error with a one-line message that names each wrong variable and its fault */
export function readEnv(environment: Readonly<Record<string, string | undefined>>): WebEnv {
  const {
    WEB_PORT,
    WEB_HOST,
    DRAIN_MS,
    API_URL,
    IMAGE_ORIGIN,
    CDN_BASE_URL,
    OIDC_ISSUER,
    OIDC_ORIGINS,
    TRUSTED_PROXIES,
    ...demo
  } = readVariables(schema, environment);
  const provider = OIDC_ISSUER === undefined ? [] : [OIDC_ISSUER, ...OIDC_ORIGINS];
  return {
    port: WEB_PORT,
    host: WEB_HOST,
    drainMs: DRAIN_MS,
    apiUrl: API_URL,
    imageOrigins: [IMAGE_ORIGIN, CDN_BASE_URL].flatMap((address) =>
      address === undefined ? [] : new URL(address).origin,
    ),
    signInOrigins: [...new Set(provider.map((address) => new URL(address).origin))],
    trustedProxies: TRUSTED_PROXIES,
    allowedHosts: demo.DEMO_SIGN_IN === 'on' ? demo.ALLOWED_HOSTS : undefined,
  };
}
