import { and, asc, eq, gt, isNull, or } from '../../orm.ts';
import { OBJECTION_LIMITS, type ObjectionDecision } from '#domain/moderation/objection.ts';
import type { PromptRule } from '#domain/moderation/prompt-rules.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { step } from '#drizzle/ledger/step.ts';
import { moderationObjections } from '#drizzle/schema/moderation-objections.ts';
import { countRows, type Page, pageOf, type PageRequest } from '../page.ts';

export interface NewObjection {
  readonly accountId: string;
  readonly rule: PromptRule;
  readonly digest: string;
  readonly paths: readonly string[];
  readonly texts: readonly string[];
  readonly terms: readonly string[];
  readonly comment: string | undefined;
}

export type Objection = typeof moderationObjections.$inferSelect;

interface AddedObjection {
  readonly outcome: 'added' | 'exists';
  readonly id: string;
  readonly decision: ObjectionDecision | null;
  readonly createdAt: Date;
}

/** @returns `full` if the account has too many undecided objections; the same texts add one objection only */
export async function addObjection(
  database: Database,
  input: NewObjection,
): Promise<AddedObjection | { outcome: 'full' }> {
  return step<AddedObjection>(
    database,
    'objections.add',
    `SELECT outcome, id, decision, created_at AS "createdAt" FROM add_objection($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      input.accountId,
      input.rule,
      input.digest,
      input.paths,
      input.texts,
      input.terms,
      input.comment ?? null,
      OBJECTION_LIMITS.openMax,
    ],
  );
}

/** Undecided objections of all accounts, oldest first. */
export async function listOpenObjections(database: Database, { limit, after }: PageRequest): Promise<Page<Objection>> {
  const { createdAt, id, decision } = moderationObjections;
  const open = isNull(decision);
  const younger = after && or(gt(createdAt, after.createdAt), and(eq(createdAt, after.createdAt), gt(id, after.id)));
  const rows = await retrying(() =>
    database.db
      .select()
      .from(moderationObjections)
      .where(and(open, younger))
      .orderBy(asc(createdAt), asc(id))
      .limit(limit + 1),
  );
  const total = await countRows(database, moderationObjections, open);
  return pageOf(rows, limit, total);
}

/** @returns the decision, now or before; undefined for a missing objection */
export async function decideObjection(
  database: Database,
  id: string,
  decision: ObjectionDecision,
): Promise<ObjectionDecision | undefined> {
  const row = await step<{ outcome: string; decision: ObjectionDecision | null }>(
    database,
    'objections.decide',
    'SELECT outcome, decision FROM decide_objection($1, $2)',
    [id, decision],
  );
  return row.decision ?? undefined;
}

/** Digests of what an account may write although it breaks a rule. */
export async function readExceptions(database: Database, accountId: string): Promise<ReadonlySet<string>> {
  const rows = await database.call<{ digest: string }>(
    'objections.exceptions',
    `SELECT digest FROM moderation_objections WHERE account_id = $1 AND decision = 'allowed'`,
    [accountId],
  );
  return new Set(rows.map(({ digest }) => digest));
}
