import { and, desc, eq } from '../../orm.ts';
import type { ActOutcome, AdminAct } from '#domain/account/admin-act.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { olderThan } from '../keyset.ts';
import { countRows, type Page, pageOf, type PageRequest } from '../page.ts';
import { adminAudit, adminAuditOutcomes } from '#drizzle/schema/admin-audit.ts';
import { retrying } from '#drizzle/connection/transient.ts';

/** An admin action to record. */
export interface NewAct {
  readonly id: string;
  readonly actorId: string;
  readonly act: AdminAct;
  readonly target: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

/** The outcome of an admin action. */
export interface ActEnd {
  readonly outcome: ActOutcome;
  readonly status: number;
  readonly result: Readonly<Record<string, unknown>>;
}

/** A recorded admin action; `end` is null if it did not finish. */
export interface AuditedAct extends NewAct {
  readonly createdAt: Date;
  readonly end: (ActEnd & { readonly endedAt: Date }) | null;
}

export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly act?: AdminAct | undefined;
  readonly target?: string | undefined;
}

/** Records an admin action. Call this before carrying it out. */
export async function beginAct(database: Database, act: NewAct): Promise<void> {
  await database.call(
    'adminAudit.begin',
    `INSERT INTO admin_audit (id, actor_id, act, target, body, request_id) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [act.id, act.actorId, act.act, act.target, JSON.stringify(act.body), act.requestId],
  );
}

/** Records the outcome of an admin action. */
export async function endAct(database: Database, auditId: string, end: ActEnd): Promise<void> {
  await database.call(
    'adminAudit.end',
    'INSERT INTO admin_audit_outcomes (audit_id, outcome, status, result) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [auditId, end.outcome, end.status, JSON.stringify(end.result)],
  );
}

/** Admin actions, newest first. */
export async function listActs(database: Database, filter: AuditFilter, page: PageRequest): Promise<Page<AuditedAct>> {
  const wanted = and(
    filter.actorId === undefined ? undefined : eq(adminAudit.actorId, filter.actorId),
    filter.act === undefined ? undefined : eq(adminAudit.act, filter.act),
    filter.target === undefined ? undefined : eq(adminAudit.target, filter.target),
  );
  const rows = await retrying(() =>
    database.db
      .select({ act: adminAudit, end: adminAuditOutcomes })
      .from(adminAudit)
      .leftJoin(adminAuditOutcomes, eq(adminAuditOutcomes.auditId, adminAudit.id))
      .where(and(wanted, olderThan(adminAudit.createdAt, adminAudit.id, page.after)))
      .orderBy(desc(adminAudit.createdAt), desc(adminAudit.id))
      .limit(page.limit + 1),
  );
  const total = await countRows(database, adminAudit, wanted);
  return pageOf(
    rows.map(({ act, end }) => ({ ...act, end })),
    page.limit,
    total,
  );
}
