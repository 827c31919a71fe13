import sharp from 'sharp';
import { type Attack, AVATARS, BASE, KIBIBYTE, MEBIBYTE, bearer, flood, postForm, postJson } from './attack-target.ts';

const PNG_SIDE_PX = 4_800;
let png: Promise<Buffer> | undefined;
/** Nearly the largest allowed. */
const largePng = () =>
  (png ??= sharp({ create: { width: PNG_SIDE_PX, height: PNG_SIDE_PX, channels: 3, background: '#135' } })
    .png({ compressionLevel: 1 })
    .toBuffer());

/** With files and images, to the API and from it. */
export const FILE_ATTACKS: readonly Attack[] = [
  {
    what: 'inspections of files that are slow to decode',
    attack: (target) =>
      flood(12, [200, 422, 429, 503], () => postForm(target, '/uploads/inspections', target.costlyImage)),
  },
  {
    what: 'uploads of large images',
    attack: async (target) => {
      const image = await largePng();
      await flood(8, [200, 201, 429, 503], () => postForm(target, '/uploads/inspections', image));
    },
  },
  {
    what: 'uploads of ten megabytes of nothing',
    attack: (target) => {
      const nothing = Buffer.alloc(10 * MEBIBYTE - KIBIBYTE);
      return flood(12, [415, 429, 503], () => postForm(target, '/uploads', nothing));
    },
  },
  {
    what: 'archives',
    attack: (target) =>
      flood(8, [200, 429, 503], () => postJson(target, '/avatars/download', JSON.stringify({ ids: target.avatarIds }))),
  },
  {
    what: 'exports',
    attack: (target) =>
      flood(8, [200, 429, 503], () => target.send('GET', `${BASE}/me/export`, { headers: bearer(target) })),
  },
  {
    what: 'images',
    attack: (target) =>
      flood(16, [200], (index) =>
        target.send('GET', `${BASE}/avatars/${target.avatarIds[index % AVATARS]}/image`, { headers: bearer(target) }),
      ),
  },
  {
    what: 'conversions of images',
    attack: (target) =>
      flood(4, [200, 429, 503], () =>
        target.send('GET', `${BASE}/avatars/${target.avatarIds[0]}/image?format=png&shape=circle`, {
          headers: bearer(target),
        }),
      ),
  },
];
