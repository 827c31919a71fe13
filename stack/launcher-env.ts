import { z } from 'zod';
import { optionalText, portNumber } from './env.ts';

/** What the launcher reads beside the stack's own variables. All others are handed on to the services as they are. */
const LauncherEnvSchema = z.object({
  /** Where data, keys and logs live; `.data` in the project when not set. */
  DATA_DIR: optionalText,
  API_PORT: portNumber(8080),
  WEB_PORT: portNumber(3000),
  /** Of the worker. */
  METRICS_PORT: portNumber(9091),
  /** With an identity provider configured no demo key is made. */
  OIDC_ISSUER: optionalText,
  AUTH_PRIVATE_KEY_FILE: optionalText,
});

export type LauncherEnv = z.infer<typeof LauncherEnvSchema>;

/** @throws Error that names each wrong variable. */
export function readLauncherEnv(env: NodeJS.ProcessEnv): LauncherEnv {
  const result = LauncherEnvSchema.safeParse(env);
  if (result.success) return result.data;
  throw new Error(`The environment is not usable:\n${z.prettifyError(result.error)}`);
}
