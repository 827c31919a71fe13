import type { ImageStore } from '#activities/storage/port.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { listOpenReports, listTakenDownAvatars } from '#drizzle/queries/admin/reports.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';

export interface ReportsDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'signedUrl'>;
}

export function listReports({ database, store }: ReportsDeps): Handler<'listReports'> {
  return async ({ query }) => {
    const page = await listOpenReports(database, pageRequest(query));
    const data = page.items.map(async ({ imageObject, createdAt, ...report }) => ({
      ...report,
      imageUrl: await store.signedUrl(imageObject),
      createdAt: createdAt.toISOString(),
    }));
    return { status: 200, body: listOfPage(page, await Promise.all(data)) };
  };
}

export function listTakedowns({ database, store }: ReportsDeps): Handler<'listTakedowns'> {
  return async ({ query }) => {
    const page = await listTakenDownAvatars(database, pageRequest(query));
    const data = page.items.map(async ({ id, accountId, generationId, name, reason, imageObject, updatedAt }) => ({
      avatarId: id,
      accountId,
      generationId,
      name,
      imageUrl: await store.signedUrl(imageObject),
      reason: reason ?? '',
      takenDownAt: updatedAt.toISOString(),
    }));
    return { status: 200, body: listOfPage(page, await Promise.all(data)) };
  };
}
