import { z } from 'zod';
import { UsageError } from './arguments.ts';

/** Environment variables of the command; an empty one counts as not set. */
const schema = z.object({
  /** URL of a studio that runs elsewhere. */
  AVATAR_STUDIO_URL: z.url().optional(),
  /** A bearer token; without one, a demo user is signed in. */
  AVATAR_STUDIO_TOKEN: z.string().optional(),
  /** Data folder of the studio that was started here. Default: `.data` in the project. */
  DATA_DIR: z.string().optional(),
  /** Set by npm: the user's working directory, which --out is relative to. */
  INIT_CWD: z.string().optional(),
});

export type CliEnv = z.infer<typeof schema>;

/** @throws UsageError that names each invalid variable */
export function readCliEnv(source: NodeJS.ProcessEnv): CliEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}
