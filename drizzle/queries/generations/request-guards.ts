import type { ProjectDefaults } from '#contract/project.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readDocument } from '#drizzle/documents/document-kind.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { COOL_DOWN, COOL_DOWN_RULES } from '../accounts/abuse-strikes.ts';

/** What is read before a request is resolved. */
export interface RequestGuards {
  /** Of the project; undefined if it is missing or belongs to another account. */
  readonly defaults: ProjectDefaults | undefined;
  /** How long the account has to wait, ms; 0 if it need not. */
  readonly coolDownMs: number;
}

/** Reads both in one statement. */
export async function readRequestGuards(
  database: Database,
  accountId: string,
  projectId: string,
): Promise<RequestGuards> {
  const [row] = await database.call<{ left_ms: number | null; defaults: unknown }>(
    'generations.guards',
    `SELECT c.left_ms, p.defaults FROM (${COOL_DOWN}) AS c LEFT JOIN avatar_projects p ON p.id = $3 AND p.account_id = $1`,
    [accountId, COOL_DOWN_RULES, projectId],
  );
  return {
    defaults: row?.defaults == null ? undefined : readDocument(DOCUMENTS.projectDefaults, row.defaults),
    coolDownMs: Math.max(0, row?.left_ms ?? 0),
  };
}
