import type { Database } from '#drizzle/connection/database.ts';
import { listActs } from '#drizzle/queries/admin/admin-audit.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';

export function listAudit({ database }: { readonly database: Database }): Handler<'listAudit'> {
  return async ({ query: { limit, cursor, ...filter } }) => {
    const page = await listActs(database, filter, pageRequest({ limit, cursor }));
    const data = page.items.map((row) => ({
      id: row.id,
      actorId: row.actorId,
      act: row.act,
      target: row.target,
      body: { ...row.body },
      requestId: row.requestId,
      outcome: row.end?.outcome ?? ('unknown' as const),
      status: row.end?.status ?? null,
      result: { ...row.end?.result },
      at: row.createdAt.toISOString(),
    }));
    return { status: 200, body: listOfPage(page, data) };
  };
}
