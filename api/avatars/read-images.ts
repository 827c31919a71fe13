import type { ImageStore } from '#activities/storage/port.ts';
import { sizeObject } from '#domain/generation/object-name.ts';
import { isHidden } from '#domain/moderation/review.ts';
import { readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { type ImageSizesDeps, storeSizes } from './image-sizes.ts';

export interface ReadImagesDeps extends ImageSizesDeps {
  readonly store: Pick<ImageStore, 'read' | 'write' | 'signedUrl'>;
}

/** Signed addresses of the image in each size; the first request for an avatar makes and stores the smaller ones. */
export function readImages(deps: ReadImagesDeps): Handler<'readImages'> {
  return async ({ params, caller }) => {
    const avatar = await readAvatar(deps.database, caller.accountId, params.id);
    if (!avatar || isHidden(avatar.review)) throw notFound();
    await storeSizes(deps, avatar);
    const { imageObject: image } = avatar;
    const sign = (name: string) => deps.store.signedUrl(name);
    const [small, medium, large, original] = await Promise.all([
      sign(sizeObject(image, '128')),
      sign(sizeObject(image, '256')),
      sign(sizeObject(image, '512')),
      sign(image),
    ]);
    return { status: 200, body: { 128: small, 256: medium, 512: large, original } };
  };
}
