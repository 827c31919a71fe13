import type { ImageStore } from '#activities/storage/port.ts';
import { safeName } from '#domain/avatar/archive-name.ts';
import { isHidden } from '#domain/moderation/review.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { readImage } from '../archive/avatar-entries.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

export interface DownloadImageDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'read'>;
}

/** In the ETag: caches hold images from before each stated its provenance. */
const MARKED = 1;

/** Sends the stored image, which never changes: pages can't fetch from the bucket, and other apps don't need its address. */
export function downloadImage({ database, store }: DownloadImageDeps): Handler<'downloadImage'> {
  return async ({ params, caller, req, res }) => {
    const row = await readAvatar(database, caller.accountId, params.id);
    if (!row || isHidden(row.review)) throw notFound();
    res.set('Cache-Control', 'private, no-cache').set('ETag', `"${MARKED}-${row.id}"`);
    if (req.fresh) {
      res.status(304).end();
      return undefined;
    }
    const image = await readImage(store, row);
    if (!image) throw notFound();
    res
      .status(200)
      .attachment(`${safeName(row.name, 'avatar')}.webp`)
      .type('image/webp')
      .send(image);
    return undefined;
  };
}
