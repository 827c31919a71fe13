import { expect, it } from 'vitest';
import { ASPECT_RATIOS, dimensionsOf, IMAGE_SIZES } from './image.ts';

it('keeps the longer side and divides evenly for every provider', () => {
  for (const aspect of ASPECT_RATIOS) {
    for (const size of IMAGE_SIZES) {
      const { widthPx, heightPx } = dimensionsOf(aspect, size);
      expect(Math.max(widthPx, heightPx)).toBe(size);
      expect([widthPx % 16, heightPx % 16]).toEqual([0, 0]);
    }
  }
});

it('turns the ratio into sides', () => {
  expect(dimensionsOf('16:9', 1024)).toEqual({ widthPx: 1024, heightPx: 576 });
  expect(dimensionsOf('3:4', 1024)).toEqual({ widthPx: 768, heightPx: 1024 });
});
