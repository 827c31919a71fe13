import type { ImageStore } from '#activities/storage/port.ts';
import { safeName } from '#domain/avatar/archive-name.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { readIfPresent } from '../archive/avatar-entries.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

export interface DownloadImageDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'read'>;
}

/** Sends the stored image, which never changes: pages can't fetch from the bucket, and other apps don't need its address. */
export function downloadImage({ database, store }: DownloadImageDeps): Handler<'downloadImage'> {
  return async ({ params, caller, req, res }) => {
    const row = await readAvatar(database, caller.accountId, params.id);
    if (!row || row.review === 'needs_review') throw notFound();
    res.set('Cache-Control', 'private, no-cache').set('ETag', `"${row.id}"`);
    if (req.fresh) {
      res.status(304).end();
      return undefined;
    }
    const image = await readIfPresent(store, row.imageObject);
    if (!image) throw notFound();
    res
      .status(200)
      .attachment(`${safeName(row.name, 'avatar')}.webp`)
      .type('image/webp')
      .send(image);
    return undefined;
  };
}
