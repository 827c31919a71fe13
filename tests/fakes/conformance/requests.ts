import sharp from 'sharp';
import type { ReferenceMode } from '#domain/generation/mode.ts';
import type { ImageRequest } from '#activities/providers/port.ts';
import type { Subject } from './subjects.ts';

/** A text-to-image request to the subject's model. */
export function requestFor({ model }: Pick<Subject, 'model'>, more: Partial<ImageRequest> = {}): ImageRequest {
  return {
    attemptId: crypto.randomUUID(),
    model,
    prompt: 'A portrait of a lighthouse keeper with a copper beard',
    negativePrompt: 'blurry, watermark',
    seed: 4_000_000_123,
    aspectRatio: '3:4',
    sizePx: 512,
    style: 'photorealistic',
    attributes: {},
    ...more,
  };
}

/** The same request with a reference image. */
export async function requestWithImage(model: string, mode: ReferenceMode): Promise<ImageRequest> {
  const image = sharp({ create: { width: 64, height: 64, channels: 3, background: '#c33' } });
  const bytes = await image.jpeg().toBuffer();
  return requestFor({ model }, { reference: { mode, bytes, mimeType: 'image/jpeg', strength: 0.4, seed: 3 } });
}
