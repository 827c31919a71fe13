import type { avatarsRoutes } from '#contract/routes/avatars.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { changeAvatars } from './change-many.ts';
import { deleteAvatar } from './delete.ts';
import { downloadAvatars } from './download.ts';
import { downloadImage } from './download-image.ts';
import { listAvatars, listProjectAvatars } from './list.ts';
import { readAvatar } from './read.ts';
import { readImages } from './read-images.ts';
import { restoreAvatar } from './restore.ts';
import { updateAvatars } from './update-many.ts';
import { updateAvatar } from './update.ts';

export function avatarHandlers({
  database,
  removal,
  store,
  archives,
  convertImage,
  contentSigner,
  presentAvatar: present,
}: HandlersDeps): HandlersOf<typeof avatarsRoutes> {
  const deps = { database, present };
  return {
    listAvatars: listAvatars(deps),
    listProjectAvatars: listProjectAvatars(deps),
    changeAvatars: changeAvatars({ database, removal }),
    downloadAvatars: downloadAvatars({ database, store, archives }),
    downloadImage: downloadImage({ database, store, convertImage, contentSigner }),
    readAvatar: readAvatar(deps),
    readImages: readImages({ database, store, convertImage }),
    updateAvatar: updateAvatar(deps),
    updateAvatars: updateAvatars({ database }),
    deleteAvatar: deleteAvatar({ ...deps, removal }),
    restoreAvatar: restoreAvatar(deps),
  };
}
