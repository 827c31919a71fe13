import { z } from 'zod';
import { demoSignInFault } from '#domain/account/demo-sign-in.ts';
import { misspelledVariables } from '#domain/configuration/misspelled-variables.ts';
import { optionalText, portNumber } from './env.ts';
import { LOOPBACK } from './ports.ts';

/** What the launcher reads beside the stack's own variables. All others are handed on to the services as they are. */
const LauncherEnvSchema = z
  .object({
    /** Where data, keys and logs live; `.data` in the project when not set. */
    DATA_DIR: optionalText,
    API_PORT: portNumber(8080),
    WEB_PORT: portNumber(3000),
    /** Of the worker. */
    METRICS_PORT: portNumber(9091),
    /** With an identity provider configured no demo key is made. */
    OIDC_ISSUER: optionalText,
    AUTH_PRIVATE_KEY_FILE: optionalText,
    /** The embedded stack is a developer's: on unless said otherwise. */
    DEMO_SIGN_IN: optionalText.pipe(z.enum(['on', 'off']).default('on')),
    NODE_ENV: optionalText,
    API_HOST: optionalText,
    WEB_HOST: optionalText,
    PUBLISHED_ON: optionalText,
  })
  // The services refuse as well; said here it takes no stack to be heard.
  .superRefine((env, { addIssue }) => {
    if (!hasDemoUsers(env)) return;
    for (const host of [env.API_HOST ?? LOOPBACK, env.WEB_HOST ?? LOOPBACK]) {
      const fault = demoSignInFault({ ...env, host });
      if (fault !== undefined) return addIssue({ code: 'custom', path: ['DEMO_SIGN_IN'], message: fault });
    }
  });

export type LauncherEnv = z.infer<typeof LauncherEnvSchema>;
export const LAUNCHER_VARIABLES = Object.keys(LauncherEnvSchema.shape);

/** Demo users sign in, and no identity provider. */
export function hasDemoUsers(env: Pick<LauncherEnv, 'OIDC_ISSUER' | 'DEMO_SIGN_IN'>): boolean {
  return env.OIDC_ISSUER === undefined && env.DEMO_SIGN_IN === 'on';
}

/** @throws Error that names each wrong variable. */
export function readLauncherEnv(env: NodeJS.ProcessEnv): LauncherEnv {
  const result = LauncherEnvSchema.safeParse(env);
  const misspelled = misspelledVariables(Object.keys(env).filter((name) => env[name] !== ''));
  if (result.success && misspelled.length === 0) return result.data;
  const wrong = [...misspelled, ...(result.error ? [z.prettifyError(result.error)] : [])];
  throw new Error(`The environment is not usable:\n${wrong.join('\n')}`);
}
