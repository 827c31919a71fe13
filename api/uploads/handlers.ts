import type { uploadsRoutes } from '#contract/routes/uploads.ts';
import { uploadAvatar } from './upload-avatar.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { createUpload } from './create.ts';
import { inspectUpload } from './inspect.ts';

export function uploadHandlers(deps: HandlersDeps): HandlersOf<typeof uploadsRoutes> {
  return {
    uploadAvatar: uploadAvatar(deps),
    createUpload: createUpload(deps),
    inspectUpload: inspectUpload(deps),
  };
}
