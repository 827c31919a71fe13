import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Database } from '#drizzle/connection/database.ts';
import type { ReconcileDeps } from './deps.ts';
import { createResumeErasures } from './resume-erasures.ts';
import { createStartWaitingDeliveries } from './start-deliveries.ts';

interface Row {
  readonly id: string;
  readonly createdAt: Date;
  readonly erasedAt: Date;
}

const ROWS = Array.from({ length: 210 }, (_, index): Row => {
  const at = new Date(index);
  return { id: `row-${String(index).padStart(3, '0')}`, createdAt: at, erasedAt: at };
});
const LAST = ROWS.at(-1)!.id;

/** Answers as a table of {@link ROWS}, whose last two parameters are the cursor. */
const database = {
  call: (_name: string, statement: string, values: readonly unknown[]) => {
    const limit = values[statement.includes('LIMIT $3') ? 2 : 1] as number;
    const after = values.at(-1) as string | null;
    return Promise.resolve(ROWS.filter(({ id }) => after === null || id > after).slice(0, limit));
  },
} as unknown as Database;

const context = { signal: new AbortController().signal, log: pino({ level: 'silent' }), rowsFailed: () => undefined };

it.each([
  [
    'deliveries',
    (act: (id: string) => Promise<true>) =>
      createStartWaitingDeliveries({
        database,
        reconcileAfterMs: 0,
        webhookSender: { startDelivery: async ({ id }: Row) => void (await act(id)) },
      } as unknown as ReconcileDeps),
  ],
  [
    'erasures',
    (act: (id: string) => Promise<true>) =>
      createResumeErasures({ database, reconcileAfterMs: 0, workflows: { erase: act } } as unknown as ReconcileDeps),
  ],
])('%s at the front that fail each time hide none behind them for long', async (_what, create) => {
  const done = new Set<string>();
  const run = create(async (id) => {
    if (id !== LAST) throw new Error('unavailable');
    done.add(id);
    return true;
  });
  for (let round = 0; round < 5; round += 1) await run(context).catch(() => undefined);
  expect([...done]).toEqual([LAST]);
});
