import { parseArgs } from 'node:util';
import { z } from 'zod';

export const USAGE = `Measures what an avatar costs, and compares it with the least that it could cost (the floor), in one run.

  npm run bench -- [--generations 100] [--lanes 16] [--provider instant] [--paced 5,20] [--streams 16] [--no-http]
                   [--growth 100,300] [--workers 1,2] [--size 512] [--record]

  --generations N   avatars in each round
  --lanes N         avatars under way at once in the rounds of throughput
  --provider NAME   instant: a tiny image without any wait; illustrator: the built-in one, whose drawing dominates
  --size PX         512, 768 or 1024: the illustrator's images
  --no-http         without the rounds through the API
  --streams N       event streams that are open meanwhile, at least one a user (16)
  --paced RATES     requests a second in the rounds of latency; empty for none
  --growth SIZES    further rounds of so many avatars, one after the other in the same databases; empty for none
  --workers COUNTS  worker processes in further rounds; empty for none
  --record          writes docs/performance.md and docs/performance.json
`;

const SIZES = [512, 768, 1024] as const;

/** `100,1000`; empty for none. */
const numbers = (max: number) =>
  z.preprocess(
    (text) =>
      String(text)
        .split(',')
        .filter((part) => part.trim() !== ''),
    z.array(z.coerce.number().int().min(1).max(max)),
  );

const schema = z.object({
  generations: z.coerce.number().int().min(1).max(10_000),
  lanes: z.coerce.number().int().min(1).max(500),
  provider: z.enum(['instant', 'illustrator']),
  size: z.coerce.number().pipe(z.literal(SIZES)),
  http: z.boolean(),
  // An account may have five.
  streams: z.coerce.number().int().min(1).max(80),
  paced: numbers(1_000),
  growth: numbers(100_000),
  workers: numbers(16),
  record: z.boolean(),
});

export type BenchOptions = z.infer<typeof schema>;

/**
 * @returns undefined with --help
 * @throws Error that names each invalid argument
 */
export function readArguments(argv: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    allowNegative: true,
    options: {
      generations: { type: 'string', default: '100' },
      lanes: { type: 'string', default: '16' },
      provider: { type: 'string', default: 'instant' },
      size: { type: 'string', default: '512' },
      http: { type: 'boolean', default: true },
      streams: { type: 'string', default: '16' },
      paced: { type: 'string', default: '5,20' },
      growth: { type: 'string', default: '100,300' },
      workers: { type: 'string', default: '1,2' },
      record: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}
