import { z } from 'zod';

/** An empty variable counts as not set: `.env` files and compose leave such ones. */
const optional = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value));

/** 0 means: any free port. */
const port = (preferred: number): z.ZodType<number> =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? preferred : value),
    z.coerce.number().int().min(0).max(65_535),
  );

/** What of the environment decides about the stack. Temporal's own variables are read by @temporalio/envconfig. */
export const StackEnvSchema = z.object({
  DATABASE_URL: optional,
  /** For migrations; DATABASE_URL when not set. */
  DATABASE_OWNER_URL: optional,
  /** A direct connection for LISTEN (a pooler breaks it); DATABASE_URL when not set. */
  DATABASE_LISTEN_URL: optional,
  GCS_BUCKET: optional,
  GOOGLE_APPLICATION_CREDENTIALS: optional,
  STORAGE_EMULATOR_HOST: optional,
  POSTGRES_PORT: port(15_432),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  GCS_PORT: port(4443),
});

export type StackEnv = z.infer<typeof StackEnvSchema>;

/** @throws Error that names each wrong variable. */
export function readStackEnv(env: NodeJS.ProcessEnv): StackEnv {
  const result = StackEnvSchema.safeParse(env);
  if (result.success) return result.data;
  throw new Error(`The environment is not usable:\n${z.prettifyError(result.error)}`);
}
