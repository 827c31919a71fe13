import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const USAGE = `Measures the cost of the engine (the same activities in a plain loop and as Temporal workflows, in one run) and of lists.

  npm run bench -- [--generations 100] [--lanes ${2 * availableParallelism()}] [--size 1024]
                    [--list-avatars 200000] [--list-rounds 300]

  --generations N  avatars in each of the four rounds
  --lanes N        avatars that are generated at once in the throughput rounds
  --size PX        512, 768 or 1024
  --list-avatars N avatars in the database for the list measurements; 0 skips them
  --list-rounds N  number of times each list is read
`;

const SIZES = [512, 768, 1024] as const;

const schema = z.object({
  generations: z.coerce.number().int().min(1).max(10_000),
  lanes: z.coerce.number().int().min(1).max(500),
  size: z.coerce.number().pipe(z.literal(SIZES)),
  listAvatars: z.coerce.number().int().min(0).max(5_000_000),
  listRounds: z.coerce.number().int().min(1).max(10_000),
});

export type BenchOptions = z.infer<typeof schema>;

/**
 * @returns undefined with --help
 * @throws Error that names each invalid argument
 */
export function readArguments(argv: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      generations: { type: 'string', default: '100' },
      lanes: { type: 'string', default: String(2 * availableParallelism()) },
      size: { type: 'string', default: '1024' },
      'list-avatars': { type: 'string', default: '200000' },
      'list-rounds': { type: 'string', default: '300' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const parsed = schema.safeParse({
    ...values,
    listAvatars: values['list-avatars'],
    listRounds: values['list-rounds'],
  });
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}
