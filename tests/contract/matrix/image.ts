import sharp from 'sharp';

/** A PNG that the upload routes accept. */
export async function image(): Promise<Blob> {
  const { data } = await sharp({ create: { width: 320, height: 320, channels: 3, background: 'teal' } })
    .png()
    .toBuffer({ resolveWithObject: true });
  return new Blob([new Uint8Array(data)], { type: 'image/png' });
}
