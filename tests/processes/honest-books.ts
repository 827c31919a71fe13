import type { Client } from 'pg';
import { expect } from 'vitest';
import type { FakeReplicate } from '../fakes/replicate/fake-replicate.ts';
import { until } from '../support/until.ts';

interface Books {
  readonly owner: Client;
  readonly replicate: Pick<FakeReplicate, 'ledger'>;
  /** For those that were accepted and still wait. */
  readonly timeoutMs: number;
}

/** Waits until every generation has ended. @returns how many did in which status */
export async function outcomesOf(
  { owner, timeoutMs }: Omit<Books, 'replicate'>,
  ids: readonly string[],
): Promise<Record<string, number>> {
  const read = async () => {
    const { rows } = await owner.query<{ status: string; count: number }>(
      'SELECT status, count(*)::int FROM avatar_generations WHERE id = ANY ($1) GROUP BY status',
      [ids],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  };
  return until(
    async () => {
      const outcomes = await read();
      const isOver = ['requested', 'pending', 'processing'].every((status) => outcomes[status] === undefined);
      return isOver ? outcomes : undefined;
    },
    { timeoutMs, what: 'the end of every accepted generation' },
  );
}

/** All were delivered. The provider's bill: one image for each delivered avatar, and an empty audit. */
export async function expectHonestBooks(books: Books, ids: readonly string[]): Promise<void> {
  const { owner, replicate } = books;
  expect(await outcomesOf(books, ids)).toEqual({ completed: ids.length });
  const { rows } = await owner.query<{ captures: number }>(
    `SELECT count(*)::int AS captures FROM credit_transfers WHERE kind = 'capture'`,
  );
  expect(replicate.ledger()).toHaveLength(rows[0]!.captures);
  expect((await owner.query('SELECT violation, id FROM ledger_audit')).rows).toEqual([]);
}
