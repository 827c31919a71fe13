import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { Studio } from './studio.ts';

/** Stores a blue reference image of 400 x 300 pixels, which expires in a day. @returns the upload's id */
export async function storeReference(
  { database, store }: Pick<Studio, 'database' | 'store'>,
  { accountId }: { readonly accountId: string },
): Promise<string> {
  const id = randomUUID();
  const object = `uploads/${accountId}/${id}`;
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#204080' } })
    .webp()
    .toBuffer();
  await store.write(object, bytes, { contentType: 'image/webp', immutable: false });
  await database.call(
    'test.upload',
    `INSERT INTO uploads (id, account_id, object, mime_type, bytes, width, height, sha256, expires_at)
     VALUES ($1, $2, $3, 'image/webp', $4, 400, 300, $5, now() + interval '1 day')`,
    [id, accountId, object, bytes.length, 'a'.repeat(64)],
  );
  return id;
}
