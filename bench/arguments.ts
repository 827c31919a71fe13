import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const USAGE = `What the engine costs: the same activities in a plain loop and as Temporal workflows, in one run.

  npm run bench -- [--generations 100] [--lanes ${2 * availableParallelism()}] [--size 1024]

  --generations N  avatars in each of the four rounds
  --lanes N        avatars that are made at once in the rounds for throughput
  --size PX        512, 768 or 1024
`;

const SIZES = [512, 768, 1024] as const;

const schema = z.object({
  generations: z.coerce.number().int().min(1).max(10_000),
  lanes: z.coerce.number().int().min(1).max(500),
  size: z.coerce.number().pipe(z.literal(SIZES)),
});

export type BenchOptions = z.infer<typeof schema>;

/**
 * @returns undefined when only the usage was asked for
 * @throws Error that says which argument is wrong
 */
export function readArguments(argv: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      generations: { type: 'string', default: '100' },
      lanes: { type: 'string', default: String(2 * availableParallelism()) },
      size: { type: 'string', default: '1024' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}
