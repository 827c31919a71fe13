import type { Database } from '#drizzle/connection/database.ts';
import { attempts } from '#drizzle/schema/attempts.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import type { Balance } from '../accounts/credit-transfers.ts';
import type { Notification } from '../accounts/notifications.ts';
import { type Avatar, toAvatar } from '../avatars/avatars.ts';
import { returnedRow } from '../returned-row.ts';
import { type Attempt, toAttempt } from './attempts.ts';
import { type Generation, generationReturned } from './generation-row.ts';
import { VISIBLE_SUCCESSOR } from './retries.ts';

/** Rows of one account to read. */
export interface WantedRows {
  readonly credits: boolean;
  readonly generationIds: readonly string[];
  readonly notificationIds: readonly string[];
}

/** Those that exist and belong to the account, in no particular order, all of the same moment. */
export interface LiveChanges {
  /** Null when it was not wanted, or there is no such account. */
  readonly credits: Balance | null;
  readonly generations: readonly Generation[];
  /** Of generations that are no longer waiting, by generation and ordinal. */
  readonly attempts: readonly Attempt[];
  readonly avatars: readonly Avatar[];
  /** Successor by predecessor. */
  readonly successors: ReadonlyMap<string, string>;
  readonly notifications: readonly Notification[];
}

type Json = Readonly<Record<string, unknown>>;

interface Row {
  readonly credits: { readonly posted: number; readonly held: number } | null;
  readonly generations: readonly Json[] | null;
  readonly attempts: readonly Json[] | null;
  readonly avatars: readonly Json[] | null;
  readonly successors: readonly { readonly id: string; readonly retry_of: string }[] | null;
  readonly notifications:
    | readonly (Omit<Notification, 'readAt' | 'createdAt'> & {
        readonly readAt: string | null;
        readonly createdAt: string;
      })[]
    | null;
}

/** Reads everything that an event stream shows of changed rows, in one statement. */
export async function readLiveChanges(
  database: Database,
  accountId: string,
  { credits, generationIds, notificationIds }: WantedRows,
): Promise<LiveChanges> {
  const [row] = await database.call<Row>(
    'live.changes',
    `SELECT
       (SELECT json_build_object('posted', a.posted, 'held', a.held) FROM accounts a WHERE a.id = $1 AND $2) AS credits,
       (SELECT json_agg(g) FROM avatar_generations g WHERE g.id = ANY ($3::uuid[]) AND g.account_id = $1) AS generations,
       (SELECT json_agg(t ORDER BY t.generation_id, t.ordinal)
          FROM provider_attempts t JOIN avatar_generations g ON g.id = t.generation_id
          WHERE t.generation_id = ANY ($3::uuid[]) AND g.account_id = $1 AND g.status NOT IN ('requested', 'pending')) AS attempts,
       (SELECT json_agg(v) FROM avatars v WHERE v.generation_id = ANY ($3::uuid[]) AND v.account_id = $1) AS avatars,
       (SELECT json_agg(s) FROM (SELECT id, retry_of FROM avatar_generations
          WHERE retry_of = ANY ($3::uuid[]) AND account_id = $1 AND ${VISIBLE_SUCCESSOR}) s) AS successors,
       (SELECT json_agg(json_build_object('id', n.id, 'accountId', n.account_id, 'kind', n.kind, 'generationId', n.generation_id,
            'avatarId', n.avatar_id, 'avatarName', v.name, 'failureMessage', g.failure_message,
            'creditsReturned', coalesce(g.credits_returned, false), 'readAt', n.read_at, 'createdAt', n.created_at))
          FROM notifications n LEFT JOIN avatars v ON v.id = n.avatar_id LEFT JOIN avatar_generations g ON g.id = n.generation_id
          WHERE n.id = ANY ($4::uuid[]) AND n.account_id = $1) AS notifications`,
    [accountId, credits, generationIds, notificationIds],
  );
  if (row === undefined) throw new Error('A statement without FROM returned no row');
  return {
    credits: row.credits && { ...row.credits, available: row.credits.posted - row.credits.held },
    generations: (row.generations ?? []).map(generationReturned),
    attempts: (row.attempts ?? []).map((attempt) => toAttempt(returnedRow(attempts, attempt))),
    avatars: (row.avatars ?? []).map((avatar) => toAvatar(returnedRow(avatars, avatar))),
    successors: new Map((row.successors ?? []).map(({ id, retry_of: retryOf }) => [retryOf, id])),
    notifications: (row.notifications ?? []).map(({ readAt, createdAt, ...notification }) => ({
      ...notification,
      readAt: readAt === null ? null : new Date(readAt),
      createdAt: new Date(createdAt),
    })),
  };
}
