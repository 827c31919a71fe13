import { describe, expect, it } from 'vitest';
import { createStagedImages, type StagedBytes } from './staged-images.ts';

const image = (length: number) => ({ bytes: Buffer.alloc(length) }) as StagedBytes;

describe('staged images in memory', () => {
  it('are found by their name until they are forgotten', () => {
    const images = createStagedImages();
    const first = image(3);
    images.put('staging/a', first);
    expect(images.get('staging/a')).toBe(first);
    images.forget('staging/a');
    expect(images.get('staging/a')).toBeUndefined();
  });

  it('need a bounded memory: the oldest give way, and one that is too large is not held', () => {
    const images = createStagedImages(10);
    for (const name of ['a', 'b', 'c']) images.put(name, image(4));
    images.put('huge', image(11));
    expect(['a', 'b', 'c', 'huge'].filter((name) => images.get(name))).toEqual(['b', 'c']);
  });
});
