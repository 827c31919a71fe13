import { z } from 'zod';
import { UsageError } from './arguments.ts';

/** What the command reads from its environment; an empty variable counts as not set. */
const schema = z.object({
  /** Address of a studio that runs elsewhere. */
  AVATAR_STUDIO_URL: z.url().optional(),
  /** A bearer token; without one a demo user is signed in. */
  AVATAR_STUDIO_TOKEN: z.string().optional(),
  /** Where the studio that was started here keeps its data; `.data` in the project when not set. */
  DATA_DIR: z.string().optional(),
  /** Set by npm: the folder the person is in, from where --out counts. */
  INIT_CWD: z.string().optional(),
});

export type CliEnv = z.infer<typeof schema>;

/** @throws UsageError that names each wrong variable */
export function readCliEnv(source: NodeJS.ProcessEnv): CliEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}
