import { z } from 'zod';
import { allowedHosts } from '#process/allowed-hosts.ts';

/** An empty variable counts as not set, since `.env` files and compose often define empty ones. */
export const optionalText = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value));

/** 0 means any free port. */
export const portNumber = (preferred: number): z.ZodType<number> =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? preferred : value),
    z.coerce.number().int().min(0).max(65_535),
  );

/** Environment variables of the stack. Temporal's own variables are read by @temporalio/envconfig. */
const StackEnvSchema = z.object({
  DATABASE_URL: optionalText,
  /** The same database in the role of each process. Default: DATABASE_URL. */
  DATABASE_API_URL: optionalText,
  DATABASE_WORKER_URL: optionalText,
  /** For migrations. Default: DATABASE_URL. */
  DATABASE_OWNER_URL: optionalText,
  /** A direct connection for LISTEN, which does not work through a pooler. Default: DATABASE_URL. */
  DATABASE_LISTEN_URL: optionalText,
  GCS_BUCKET: optionalText,
  GOOGLE_APPLICATION_CREDENTIALS: optionalText,
  STORAGE_EMULATOR_HOST: optionalText,
  /** Host names of the page besides loopback's. */
  ALLOWED_HOSTS: optionalText
    .transform((list) => list ?? '')
    .pipe(
      z
        .literal('')
        .transform(() => [])
        .or(allowedHosts),
    ),
  /** off: programs come from PATH, the cache or a build with Go only. */
  STACK_DOWNLOADS: optionalText.pipe(z.enum(['on', 'off']).default('on')),
  POSTGRES_PORT: portNumber(15_432),
  TEMPORAL_PORT: portNumber(7233),
  TEMPORAL_UI_PORT: portNumber(8233),
  GCS_PORT: portNumber(4443),
  /** Profiles of the embedded Temporal server; 0: none. */
  TEMPORAL_PPROF_PORT: portNumber(0),
});

export type StackEnv = z.infer<typeof StackEnvSchema>;
export const STACK_VARIABLES = StackEnvSchema.shape;

/** @throws Error that names each invalid variable. */
export function readStackEnv(env: NodeJS.ProcessEnv): StackEnv {
  const result = StackEnvSchema.safeParse(env);
  if (result.success) return result.data;
  throw new Error(`Invalid environment variables:\n${z.prettifyError(result.error)}`);
}
