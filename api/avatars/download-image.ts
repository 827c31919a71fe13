import type { ImageStore } from '#activities/storage/port.ts';
import type { ContentSigner } from '../content-credentials/content-signer.ts';
import { xmpOf } from '#activities/image/xmp.ts';
import { safeName } from '#domain/avatar/archive-name.ts';
import {
  DOWNLOAD_FORMAT_FACTS,
  downloadSuffix,
  type ImageDownload,
  isStoredFile,
} from '#domain/avatar/image-download.ts';
import { provenanceOf } from '#domain/avatar/provenance.ts';
import { isHidden } from '#domain/moderation/review.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Avatar, readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { readIfPresent, readImage as readStoredImage } from '../archive/avatar-entries.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { ReadImage } from '../uploads/read-image.ts';

export interface DownloadImageDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'read'>;
  readonly convertImage: ReadImage;
  readonly contentSigner: ContentSigner;
}

/** In the ETag: caches hold images from before each stated its provenance. */
const MARKED = 1;

/** Sends the stored image, which never changes, or a conversion of it: pages can't fetch from the bucket, and other apps don't need its address. */
export function downloadImage(deps: DownloadImageDeps): Handler<'downloadImage'> {
  return async ({ params, query, caller, req, res }) => {
    const row = await readAvatar(deps.database, caller.accountId, params.id);
    if (!row || isHidden(row.review)) throw notFound();
    res
      .set('Cache-Control', 'private, no-cache')
      .set('ETag', `"${MARKED}-${row.id}${variantOf(query)}${signedBy(deps, row, query)}"`);
    if (req.fresh) {
      res.status(304).end();
      return undefined;
    }
    const image = isStoredFile(query) ? await readStoredImage(deps.store, row) : await convert(deps, row, query);
    if (!image) throw notFound();
    res
      .status(200)
      .attachment(`${safeName(row.name, 'avatar')}${downloadSuffix(query)}`)
      .type(DOWNLOAD_FORMAT_FACTS[query.format].mimeType)
      .send(image);
    return undefined;
  };
}

function variantOf(query: ImageDownload): string {
  if (isStoredFile(query)) return '';
  return `${downloadSuffix(query)}${DOWNLOAD_FORMAT_FACTS[query.format].isTransparent ? '' : query.background}`;
}

/** A download that is signed by another certificate than a cached one, or no longer signed, is another file. */
function signedBy({ contentSigner }: DownloadImageDeps, row: Avatar, { format }: ImageDownload): string {
  const signature = provenanceOf(row) && contentSigner.variant(format);
  return signature ? `-${signature}` : '';
}

/** Undefined when the stored image no longer exists. It is read when it is the account's turn: what waits holds no bytes. */
async function convert(
  { store, convertImage, contentSigner }: DownloadImageDeps,
  row: Avatar,
  options: ImageDownload,
): Promise<Buffer | undefined> {
  const provenance = provenanceOf(row);
  const xmp = provenance ? xmpOf(provenance) : undefined;
  return convertImage(row.accountId, async (decoder) => {
    const stored = await readIfPresent(store, row.imageObject);
    return stored && contentSigner.sign(await decoder.convert(stored, { ...options, xmp }), options.format, provenance);
  });
}
