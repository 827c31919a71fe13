import sharp from 'sharp';
import type { ImageProvider } from '#activities/providers/port.ts';

const SIDE_PX = 64;
const CHANNELS = 3;

/** A colorful PNG of 64 x 64 pixels: valid, square and not plain, and almost free to decode. */
export async function tinyImage(): Promise<Buffer> {
  const pixels = Buffer.from(
    Array.from({ length: SIDE_PX * SIDE_PX }, (_unused, index) => {
      const [x, y] = [index % SIDE_PX, Math.floor(index / SIDE_PX)];
      return [x * 4, y * 4, (x ^ y) * 4];
    }).flat(),
  );
  return sharp(pixels, { raw: { width: SIDE_PX, height: SIDE_PX, channels: CHANNELS } })
    .png()
    .toBuffer();
}

/**
 * Stands in for the illustrator and delivers one tiny image without any wait, so that what is measured is everything around the
 * provider. Like the illustrator's, its images are not moderated.
 */
export async function createInstantProvider(): Promise<ImageProvider> {
  const bytes = await tinyImage();
  const externalIdOf = (attemptId: string) => `instant-${attemptId}`;
  return {
    name: 'illustrator',
    canFind: true,
    findsSlowly: false,
    submit: ({ attemptId }) => Promise.resolve({ externalId: externalIdOf(attemptId), pollAfterMs: 0 }),
    poll: () => Promise.resolve({ state: 'succeeded', image: { bytes, costUsd: 0, credit: null } }),
    cancel: () => Promise.resolve(),
    find: ({ request }) => Promise.resolve({ externalId: externalIdOf(request.attemptId) }),
    healthCheck: () => Promise.resolve(),
  };
}
