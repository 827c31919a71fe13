import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import { and, asc, eq, inArray, isNotNull, lt, ne, or, sql } from '../../orm.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { type Generation, toGeneration } from './generation-row.ts';

export interface UnfinishedFilter {
  readonly accountId?: string | undefined;
  readonly status?: GenerationStatus | undefined;
  /** The current provider; for a waiting generation, the first candidate. */
  readonly provider?: ProviderName | undefined;
  readonly olderThanSeconds?: number | undefined;
}

/** Unfinished generations of all accounts that match the filter, oldest first. */
export async function listUnfinished(
  database: Database,
  filter: UnfinishedFilter,
  limit: number,
): Promise<Generation[]> {
  const { accountId, status, provider, olderThanSeconds } = filter;
  const rows = await retrying(() =>
    database.db
      .select()
      .from(generations)
      .where(
        and(
          inArray(generations.status, ['requested', 'pending', 'processing']),
          or(ne(generations.status, 'requested'), isNotNull(generations.acceptedAt)),
          accountId === undefined ? undefined : eq(generations.accountId, accountId),
          status === undefined ? undefined : eq(generations.status, status),
          provider === undefined
            ? undefined
            : sql`coalesce(${generations.provider}, ${generations.plan}->0->>'provider') = ${provider}`,
          olderThanSeconds === undefined
            ? undefined
            : lt(generations.createdAt, sql`now() - ${olderThanSeconds} * interval '1 second'`),
        ),
      )
      .orderBy(asc(generations.createdAt), asc(generations.id))
      .limit(limit),
  );
  return rows.map(toGeneration);
}
