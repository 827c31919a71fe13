import { COUNTED_MAX } from '#domain/account/list-length.ts';
import { GENERATION_STATUSES, type GenerationStatus, isFinal } from '#domain/generation/generation.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Page, pageOf, type PageRequest, totalOf, totalOfPage } from '../page.ts';
import { type Generation, generationReturned } from './generation-row.ts';

export interface GenerationFilter {
  /** All of them by default. */
  readonly statuses?: readonly GenerationStatus[] | undefined;
  readonly projectId?: string | undefined;
}

const NEWEST_FIRST = 'ORDER BY created_at DESC, id DESC';
const UNFINISHED = GENERATION_STATUSES.filter((status) => !isFinal(status));

/**
 * An account's generations, newest first, without requests that are not answered yet. Each status is a range of an index, and the
 * ranges are merged: neither the page nor its total reads rows that the filter leaves out.
 */
export async function listGenerations(
  database: Database,
  accountId: string,
  { statuses = GENERATION_STATUSES, projectId }: GenerationFilter,
  { limit, after }: PageRequest,
): Promise<Page<Generation>> {
  // From the constant, since the names become part of the statement.
  const wanted = GENERATION_STATUSES.filter((status) => statuses.includes(status));
  if (wanted.length === 0) return pageOf([], limit, totalOf(0));
  const scope = projectId === undefined ? 'account' : 'project';
  // A statement's name has at most 63 characters.
  const name = `${scope}.${wanted.map((status) => GENERATION_STATUSES.indexOf(status)).join('')}`;
  const owner = projectId === undefined ? [accountId] : [accountId, projectId];
  const [most, at, id] = [1, 2, 3].map((position) => `$${owner.length + position}`);
  const older = after ? `AND (created_at, id) < (${at}::timestamptz, ${id}::uuid)` : '';
  const page = `${NEWEST_FIRST} LIMIT ${most}`;
  const counted = `(SELECT count(*)::int FROM (SELECT FROM (
       ${rangesOf(wanted, (inStatus) => `SELECT FROM avatar_generations WHERE ${OWN[scope]} AND ${inStatus} LIMIT ${COUNTED_MAX + 1}`)}) AS ranges
     LIMIT ${COUNTED_MAX + 1}) AS counted)`;
  const rows = await database.call<Record<string, unknown> & { counted: number }>(
    `generations.list.${name}.${after ? 'after' : 'first'}`,
    `SELECT *, ${counted} AS counted FROM (
       ${rangesOf(wanted, (inStatus) => `SELECT * FROM avatar_generations WHERE ${OWN[scope]} AND ${inStatus} ${older} ${page}`)}) AS ranges ${page}`,
    [...owner, limit + 1, ...(after ? [after.createdAt.toISOString(), after.id] : [])],
  );
  const total = await totalOfPage(rows, { after }, async () => {
    const [row] = await database.call<{ counted: number }>(
      `generations.count.${name}`,
      `SELECT ${counted} AS counted`,
      owner,
    );
    return totalOf(row?.counted ?? 0);
  });
  return pageOf(rows.map(generationReturned), limit, total);
}

/** The rows of an account, or of its project: a project of another account has none. */
const OWN = {
  account: 'account_id = $1',
  project: 'project_id = (SELECT p.id FROM avatar_projects p WHERE p.id = $2 AND p.account_id = $1)',
} as const;

/** @param select the rows in one status, given its condition */
function rangesOf(statuses: readonly GenerationStatus[], select: (inStatus: string) => string): string {
  const ranges = statuses.map((status) =>
    select(`status = '${status}'${status === 'requested' ? ' AND accepted_at IS NOT NULL' : ''}`),
  );
  return ranges.map((range) => `(${range})`).join(' UNION ALL ');
}

/**
 * Generations for an event stream's snapshot, newest first: unfinished ones, then those that ended last since `since`. Reads only
 * these, however many the account has.
 */
export async function listLive(
  database: Database,
  accountId: string,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<Generation[]> {
  const rows = await database.call(
    'generations.live',
    `SELECT * FROM (
       SELECT * FROM (
         ${rangesOf(UNFINISHED, (inStatus) => `SELECT * FROM avatar_generations WHERE account_id = $1 AND ${inStatus} ${NEWEST_FIRST} LIMIT $3`)}
         UNION ALL
         (SELECT * FROM avatar_generations WHERE account_id = $1 AND finished_at IS NOT NULL AND finished_at >= $2::timestamptz
           ORDER BY finished_at DESC LIMIT $3)) AS candidates
       ORDER BY finished_at DESC NULLS FIRST, created_at DESC LIMIT $3) AS live ${NEWEST_FIRST}`,
    [accountId, since.toISOString(), limit],
  );
  return rows.map(generationReturned);
}
