import type { uploadsRoutes } from '../../contract/routes/uploads.ts';
import { uploadAvatar } from '../avatars/upload.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../handlers.ts';
import { createUpload } from './create.ts';
import { createReadPicture } from './read-picture.ts';

export function uploadHandlers(deps: HandlersDeps): HandlersOf<typeof uploadsRoutes> {
  const readPicture = createReadPicture();
  return {
    uploadAvatar: uploadAvatar({ ...deps, readPicture }),
    createUpload: createUpload({ ...deps, readPicture }),
  };
}
