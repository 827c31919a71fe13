import { describe, expect, it } from 'vitest';
import {
  DOWNLOAD_FORMAT_FACTS,
  DOWNLOAD_FORMATS,
  DOWNLOAD_SIZE_FACTS,
  DOWNLOAD_SIZES,
  downloadSuffix,
  isStoredFile,
} from './image-download.ts';

const STORED = { format: 'webp', size: 'original', shape: 'full', background: '#ffffff' } as const;

describe('a download', () => {
  it('is the stored file only in its own format, size and shape', () => {
    expect(isStoredFile(STORED)).toBe(true);
    expect(isStoredFile({ ...STORED, background: '#000000' })).toBe(true);
    expect(isStoredFile({ ...STORED, format: 'png' })).toBe(false);
    expect(isStoredFile({ ...STORED, size: '512' })).toBe(false);
    expect(isStoredFile({ ...STORED, shape: 'circle' })).toBe(false);
  });

  it.each([
    [STORED, '.webp'],
    [{ ...STORED, format: 'jpeg' }, '.jpg'],
    [{ ...STORED, size: 'discord', shape: 'circle', format: 'png' }, '-discord-circle.png'],
    [{ ...STORED, size: '128', format: 'avif' }, '-128.avif'],
    [{ ...STORED, shape: 'circle' }, '-circle.webp'],
  ] as const)('of %j has a name that ends with %s', (download, suffix) => {
    expect(downloadSuffix(download)).toBe(suffix);
  });
});

describe('the formats', () => {
  it('have the media type of their name, and only JPEG no transparency', () => {
    expect(DOWNLOAD_FORMATS.map((format) => DOWNLOAD_FORMAT_FACTS[format].mimeType)).toEqual(
      DOWNLOAD_FORMATS.map((format) => `image/${format}`),
    );
    expect(DOWNLOAD_FORMATS.filter((format) => !DOWNLOAD_FORMAT_FACTS[format].isTransparent)).toEqual(['jpeg']);
  });
});

describe('the sizes', () => {
  it('are the stored one, three of any shape, and squares of platforms', () => {
    const facts = DOWNLOAD_SIZES.map((size) => DOWNLOAD_SIZE_FACTS[size]);
    expect(facts.filter(({ isPlatform }) => !isPlatform).map(({ sidePx }) => sidePx)).toEqual([null, 128, 256, 512]);
    const platforms = facts.filter(({ isPlatform }) => isPlatform);
    expect(platforms).toHaveLength(10);
    expect(platforms.every(({ sidePx }) => sidePx !== null && sidePx >= 184 && sidePx <= 800)).toBe(true);
  });
});
