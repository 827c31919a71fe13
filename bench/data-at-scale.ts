import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startTemporaryStack } from '#tests/support/temporary-stack.ts';
import { measureData } from './data/measure-data.ts';
import { observeConditions } from './conditions.ts';
import { readRecord, writeRecord } from './report/record.ts';

const USAGE = `Measures the queries of lists, queue, analytics and retention among much data, in round trips of SELECT 1.

  npm run bench:data -- [--accounts 100000] [--generations 2000000] [--failed-one-in 2] [--uses-max 10]
                        [--waiting 10000] [--rounds 300] [--record]

  --generations N      of a month; one in so many failed, the others became avatars
  --uses-max N         of an avatar; half as many on average
  --waiting N          generations in the queue
  --record             writes docs/performance.md and docs/performance.json
`;

const count = (min: number) => z.coerce.number().int().min(min).max(20_000_000);
const schema = z.object({
  accounts: count(2),
  generations: count(1),
  failedOneIn: count(2),
  usesMax: z.coerce.number().int().min(0).max(30),
  waiting: count(0),
  rounds: count(1),
});

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const { values } = parseArgs({
    args: argv,
    options: {
      accounts: { type: 'string', default: '100000' },
      generations: { type: 'string', default: '2000000' },
      'failed-one-in': { type: 'string', default: '2' },
      'uses-max': { type: 'string', default: '10' },
      waiting: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '300' },
      record: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const parsed = schema.safeParse({ ...values, failedOneIn: values['failed-one-in'], usesMax: values['uses-max'] });
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { rounds, ...size } = parsed.data;
  const completeConditions = await observeConditions('bench:data', argv);
  const stack = await startTemporaryStack();
  try {
    process.stderr.write(`Writing ${size.generations} generations of ${size.accounts} accounts …\n`);
    const data = { ...(await measureData(stack, { size, rounds })), conditions: completeConditions() };
    process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
    const record = values.record ? await readRecord() : undefined;
    if (record) await writeRecord({ ...record, data });
  } finally {
    await stack.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
