import { describe, expect, it } from 'vitest';
import { imageKindOf } from './image-kind.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
/** An ISO base media file: the box's length, `ftyp`, the major brand, four bytes of version, compatible brands. */
const isoFile = (brands: string, length = brands.length + 8) =>
  bytes(`\0\0${String.fromCharCode(length >> 8, length & 255)}ftyp${brands}`);

describe('the kind of a file', () => {
  it('is WebP only with both of its marks', () => {
    expect(imageKindOf(bytes('RIFF\0\0\0\0WEBPVP8 '))).toBe('webp');
    expect(imageKindOf(bytes('RIFF\0\0\0\0AVI LIST'))).toBeUndefined();
    expect(imageKindOf(bytes('RIFX\0\0\0\0WEBPVP8 '))).toBeUndefined();
  });

  it('is that of the major brand of an ISO base media file', () => {
    expect(imageKindOf(isoFile('avif\0\0\0\0mif1miaf'))).toBe('avif');
    expect(imageKindOf(isoFile('isom\0\0\0\0mp41'))).toBe('video');
    expect(imageKindOf(isoFile('isom', 12))).toBe('video');
  });

  it('is unknown of anything else', () => {
    expect(imageKindOf(bytes(''))).toBeUndefined();
    expect(imageKindOf(bytes('hello, this is a text'))).toBeUndefined();
  });
});
