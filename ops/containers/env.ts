import { z } from 'zod';

/** Environment variables of `prepare.ts`. Addresses and key files are the same as those of API and worker. */
const schema = z.object({
  /** Role that owns the tables. */
  DATABASE_OWNER_URL: z.url(),
  DATABASE_OWNER_PASSWORD_FILE: z.string().min(1).optional(),
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: z.string().min(1),
  GCS_ENDPOINT: z.url(),
  GCS_BUCKET: z.string().min(1),
  GCS_PRIVATE_KEY_FILE: z.string().min(1),
  AUTH_PRIVATE_KEY_FILE: z.string().min(1),
  SECRETS_KEY_FILE: z.string().min(1),
});

export type PrepareEnv = z.infer<typeof schema>;
export const PREPARE_VARIABLES = Object.keys(schema.shape);

/** @throws Error that names each invalid variable */
export function readPrepareEnv(source: NodeJS.ProcessEnv): PrepareEnv {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new Error(`Invalid environment variables:\n${z.prettifyError(parsed.error)}`);
}
