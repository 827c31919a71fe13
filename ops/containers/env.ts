import { z } from 'zod';
import { readVariables } from '#process/read-variables.ts';

const file = z.string().min(1).optional();

/** Environment variables of `prepare.ts`. Addresses and key files are the same as those of API and worker. */
const schema = z.object({
  /** Role that owns the tables. */
  DATABASE_OWNER_URL: z.url(),
  DATABASE_OWNER_PASSWORD_FILE: file,
  /** `on`: creates the demo users and the key that signs their tokens. */
  DEMO_SIGN_IN: z.enum(['on', 'off']).default('off'),
  AUTH_PRIVATE_KEY_FILE: file,
  /** An emulator, whose bucket and signing key are created. A bucket at Google is its project's business. */
  GCS_ENDPOINT: z.url().optional(),
  GCS_BUCKET: z.string().min(1).optional(),
  GCS_PRIVATE_KEY_FILE: file,
  /** Created if it is set and the file is missing. */
  SECRETS_KEY_FILE: file,
});

export type PrepareEnv = z.infer<typeof schema>;
export const PREPARE_VARIABLES = schema.shape;

/** @throws Error with a one-line message that names each wrong variable and its fault */
export function readPrepareEnv(source: NodeJS.ProcessEnv): PrepareEnv {
  return readVariables(schema, source);
}
