import { z } from 'zod';

/** What `prepare.ts` reads. Addresses and key files are the ones that API and worker get. */
const schema = z.object({
  /** Role that owns the tables. */
  DATABASE_OWNER_URL: z.url(),
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: z.string().min(1),
  GCS_ENDPOINT: z.url(),
  GCS_BUCKET: z.string().min(1),
  GCS_PRIVATE_KEY_FILE: z.string().min(1),
  AUTH_PRIVATE_KEY_FILE: z.string().min(1),
});

export type PrepareEnv = z.infer<typeof schema>;
export const PREPARE_VARIABLES = Object.keys(schema.shape);

/** @throws Error with one readable line for each wrong variable */
export function readPrepareEnv(source: NodeJS.ProcessEnv): PrepareEnv {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new Error(`Invalid environment variables:\n${z.prettifyError(parsed.error)}`);
}
