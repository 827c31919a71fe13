import { describe, expect, it } from 'vitest';
import { formatRefusal, UPLOAD_ACCEPT, UPLOAD_FORMAT_NAMES, uploadFormatOf } from './upload-format.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const file = (...brands: string[]) =>
  bytes(`\0\0\0${String.fromCharCode(8 + brands.length * 4 + 4)}ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`);

describe('uploadFormatOf', () => {
  it.each([
    ['jpeg', bytes('\xff\xd8\xff\xe0')],
    ['png', bytes('\x89PNG\r\n\x1a\n')],
    ['webp', bytes('RIFF\0\0\0\0WEBPVP8 ')],
    ['avif', file('avif', 'mif1', 'miaf')],
    ['avif', file('avis', 'msf1')],
    ['avif', file('mif1', 'avif', 'miaf')],
  ])('recognizes %s by content', (format, head) => {
    expect([uploadFormatOf(head), formatRefusal(head)]).toEqual([format, undefined]);
  });

  it('is what every chooser offers', () => {
    expect(UPLOAD_ACCEPT).toBe('image/jpeg,image/png,image/webp,image/avif,.jpg,.jpeg,.png,.webp,.avif');
    expect(UPLOAD_FORMAT_NAMES).toBe('JPEG, PNG, WebP or AVIF');
  });
});

describe('formatRefusal', () => {
  it.each([
    ['HEIC photo', file('heic', 'mif1')],
    ['HEIC photo', file('mif1', 'heic')],
    ['HEIC photo', file('mif1', 'heic', 'avif')],
    ['GIF', bytes('GIF89a')],
    ['SVG', bytes('<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="x"/>')],
    ['SVG', bytes('<svg width="1"/>')],
    ['BMP', bytes('BM6\0')],
    ['TIFF', bytes('II*\0')],
    ['JPEG XL', bytes('\xff\x0a')],
    ['PDF', bytes('%PDF-1.7')],
    ['video', file('isom', 'mp42')],
  ])('names a %s and says what to do', (name, head) => {
    expect(uploadFormatOf(head)).toBeUndefined();
    expect(formatRefusal(head)).toMatch(new RegExp(`^This is an? .*${name}.* try again\\.$`));
  });

  it.each([
    ['text', 'no image'],
    ['a web page', '<!doctype html><svg/>'],
    ['nothing', ''],
  ])('lists the formats for %s', (_, text) => {
    expect(formatRefusal(bytes(text))).toBe('This file is not a JPEG, PNG, WebP or AVIF image.');
  });
});
