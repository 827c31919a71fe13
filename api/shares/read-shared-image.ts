import type { ImageStore } from '#activities/storage/port.ts';
import { DOWNLOAD_FORMAT_FACTS } from '#domain/avatar/image-download.ts';
import { readImage } from '../archive/avatar-entries.ts';
import type { Handler } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { createRequestSlots } from '../middleware/request-slots.ts';
import { notFound } from '../problem.ts';
import { FOR_VISITORS, requireShared } from './read-shared.ts';
import { digestOf } from './share-token.ts';

/** Images that a process reads for visitors at a time: a popular link must not take the memory that users need. */
const IMAGES_AT_ONCE = 16;

export interface SharedImageDeps extends Pick<HandlersDeps, 'database' | 'countSharedImage'> {
  readonly store: Pick<ImageStore, 'read'>;
}

/** Sends the stored image itself: a signed address would work for hours after the link was revoked. */
export function readSharedImage({ database, store, countSharedImage }: SharedImageDeps): Handler<'readSharedImage'> {
  const slots = createRequestSlots(IMAGES_AT_ONCE);
  return async ({ params, res }) => {
    const { avatar } = await requireShared(database, params.token);
    await countSharedImage(digestOf(params.token));
    const image = await slots.hold(() => readImage(store, avatar));
    if (!image) throw notFound();
    res.status(200).set(FOR_VISITORS).type(DOWNLOAD_FORMAT_FACTS.webp.mimeType).send(image);
    return undefined;
  };
}
