import { describe, expect, it } from 'vitest';
import { isInside, publishedSize, shapeFault } from './image-shape.ts';

const size = (width: number, height: number) => ({ width, height });

describe('shapeFault', () => {
  it.each([
    ['a square', size(256, 256)],
    ['four times as long as wide', size(1000, 4000)],
  ])('accepts %s', (_, source) => expect(shapeFault(source, undefined)).toBeUndefined());

  it.each([
    ['a strip', size(1600, 256)],
    ['a line', size(256, 93_000)],
  ])('refuses %s in words', (_, source) => {
    expect(shapeFault(source, undefined)).toMatch(
      /^This image is \d+ × \d+ px\. Its longer side can be at most 4 times/,
    );
  });

  it('needs the least side of what is kept', () => {
    expect(shapeFault(size(1000, 255), undefined)).toBe(
      'This image is 1000 × 255 px. It needs at least 256 px on each side.',
    );
    expect(shapeFault(size(1000, 1000), { x: 0, y: 0, width: 300, height: 200 })).toMatch(/^The cropped part is/);
  });

  it('accepts a part of a panorama, and not of a line', () => {
    const crop = { x: 0, y: 0, width: 300, height: 300 };
    expect(shapeFault(size(4800, 300), crop)).toBeUndefined();
    expect(shapeFault(size(65_000, 300), crop)).toMatch(/^This image is 65000 × 300 px\. .* 16 times/);
  });

  it('promises at least 512 px on the shorter side of everything that is scaled down', () => {
    expect(publishedSize(size(8000, 2000))).toEqual(size(2048, 512));
    expect(publishedSize(size(600, 400))).toEqual(size(600, 400));
  });
});

describe('isInside', () => {
  it('accepts the whole image and nothing beyond it', () => {
    expect(isInside({ x: 0, y: 0, width: 300, height: 200 }, size(300, 200))).toBe(true);
    expect(isInside({ x: 1, y: 0, width: 300, height: 200 }, size(300, 200))).toBe(false);
    expect(isInside({ x: 0, y: 10, width: 300, height: 191 }, size(300, 200))).toBe(false);
  });
});
