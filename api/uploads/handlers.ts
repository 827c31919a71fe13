import type { uploadsRoutes } from '#contract/routes/uploads.ts';
import { uploadAvatar } from './upload-avatar.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { createUpload } from './create.ts';
import { inspectUpload } from './inspect.ts';
import { createReadImage } from './read-image.ts';

export function uploadHandlers(deps: HandlersDeps): HandlersOf<typeof uploadsRoutes> {
  const readImage = createReadImage(deps.decoder, deps.decodeTurns);
  return {
    uploadAvatar: uploadAvatar({ ...deps, readImage }),
    createUpload: createUpload({ ...deps, readImage }),
    inspectUpload: inspectUpload({ readImage }),
  };
}
