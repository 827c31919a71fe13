import { z } from 'zod';
import { demoSignInFault } from '#domain/account/demo-sign-in-fault.ts';
import { misspelledVariables } from '#domain/configuration/misspelled-variables.ts';
import { optionalText, portNumber } from './env.ts';
import { LOOPBACK } from './ports.ts';

/** Variables that the launcher reads besides the stack's own. All others are passed to the services unchanged. */
const LauncherEnvSchema = z
  .object({
    /** Folder for data, keys and logs. Default: `.data` in the project. */
    DATA_DIR: optionalText,
    API_PORT: portNumber(8080),
    /** Of the API's listener for other services and Prometheus. */
    INTERNAL_PORT: portNumber(8081),
    WEB_PORT: portNumber(3000),
    /** The worker's metrics port. */
    METRICS_PORT: portNumber(9091),
    /** With an identity provider, no demo key is created. */
    OIDC_ISSUER: optionalText,
    AUTH_PRIVATE_KEY_FILE: optionalText,
    SECRETS_KEY_FILE: optionalText,
    /** The embedded stack is for development: on by default. */
    DEMO_SIGN_IN: optionalText.pipe(z.enum(['on', 'off']).default('on')),
    NODE_ENV: optionalText,
    API_HOST: optionalText,
    WEB_HOST: optionalText,
    PUBLISHED_ON: optionalText,
  })
  // The services check this as well; checking here reports it before the stack starts.
  .superRefine((env, { addIssue }) => {
    if (!hasDemoUsers(env)) return;
    for (const host of [env.API_HOST ?? LOOPBACK, env.WEB_HOST ?? LOOPBACK]) {
      const fault = demoSignInFault({ ...env, host });
      if (fault !== undefined) return addIssue({ code: 'custom', path: ['DEMO_SIGN_IN'], message: fault });
    }
  });

export type LauncherEnv = z.infer<typeof LauncherEnvSchema>;
export const LAUNCHER_VARIABLES = LauncherEnvSchema.shape;

/** Whether demo users sign in instead of users of an identity provider. */
export function hasDemoUsers(env: Pick<LauncherEnv, 'OIDC_ISSUER' | 'DEMO_SIGN_IN'>): boolean {
  return env.OIDC_ISSUER === undefined && env.DEMO_SIGN_IN === 'on';
}

/** @throws Error that names each invalid variable. */
export function readLauncherEnv(env: NodeJS.ProcessEnv): LauncherEnv {
  const result = LauncherEnvSchema.safeParse(env);
  const misspelled = misspelledVariables(Object.keys(env).filter((name) => env[name] !== ''));
  if (result.success && misspelled.length === 0) return result.data;
  const messages = [...misspelled, ...(result.error ? [z.prettifyError(result.error)] : [])];
  throw new Error(`Invalid environment variables:\n${messages.join('\n')}`);
}
