import { expect, it } from 'vitest';
import { ASPECT_RATIOS, dimensionsOf, IMAGE_SIZES } from './image.ts';

it('gives image sides that are divisible as providers require, with the longer side unchanged', () => {
  for (const aspect of ASPECT_RATIOS) {
    for (const size of IMAGE_SIZES) {
      const { widthPx, heightPx } = dimensionsOf(aspect, size);
      expect(Math.max(widthPx, heightPx)).toBe(size);
      expect([widthPx % 16, heightPx % 16]).toEqual([0, 0]);
    }
  }
});

it('computes image sides from the aspect ratio', () => {
  expect(dimensionsOf('16:9', 1024)).toEqual({ widthPx: 1024, heightPx: 576 });
  expect(dimensionsOf('3:4', 1024)).toEqual({ widthPx: 768, heightPx: 1024 });
});
