/** What a file is by its first bytes, as far as somebody might take it for an image. */
export type ImageKind =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'avif'
  | 'gif'
  | 'heic'
  | 'svg'
  | 'bmp'
  | 'tiff'
  | 'jxl'
  | 'jp2'
  | 'psd'
  | 'ico'
  | 'pdf'
  | 'video';

/** So many bytes are enough to tell the kind. */
export const KIND_BYTES = 1024;

const SIGNATURES: readonly (readonly [ImageKind, offset: number, signature: string])[] = [
  ['jpeg', 0, '\xff\xd8\xff'],
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['gif', 0, 'GIF8'],
  ['bmp', 0, 'BM'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['jxl', 0, '\xff\x0a'],
  ['jxl', 4, 'JXL \r\n\x87\n'],
  ['jp2', 4, 'jP  \r\n\x87\n'],
  ['psd', 0, '8BPS'],
  ['ico', 0, '\0\0\x01\0'],
  ['pdf', 0, '%PDF'],
  ['video', 0, '\x1a\x45\xdf\xa3'],
];
const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);
const BRAND_LENGTH = 4;
const BRANDS_OFFSET = 8;
const SVG_START = /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^]*?)?(?:<!--[^]*?-->\s*)?(?:<!DOCTYPE svg[^]*?)?<svg[\s>]/i;

/**
 * Detects the kind by content. File names and Content-Type are only a client's claim.
 * @param bytes the file, or at least its first {@link KIND_BYTES}
 * @returns undefined for anything else
 */
export function imageKindOf(bytes: Uint8Array): ImageKind | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, KIND_BYTES));
  const signed = SIGNATURES.find(([, offset, signature]) => head.startsWith(signature, offset));
  if (signed) return signed[0];
  if (head.startsWith('RIFF') && head.startsWith('WEBP', BRANDS_OFFSET)) return 'webp';
  if (head.startsWith('ftyp', BRAND_LENGTH)) return kindOfBrands(brandsOf(head));
  return SVG_START.test(head) ? 'svg' : undefined;
}

/** The major brand and the compatible ones of an ISO base media file. */
function brandsOf(head: string): string[] {
  const end = Math.min(head.charCodeAt(2) * 256 + head.charCodeAt(3), head.length);
  const brands: string[] = [];
  for (let at = BRANDS_OFFSET; at + BRAND_LENGTH <= end; at += BRAND_LENGTH) {
    brands.push(head.slice(at, at + BRAND_LENGTH));
  }
  return brands;
}

function kindOfBrands(brands: readonly string[]): ImageKind {
  const [major = ''] = brands;
  if (AVIF_BRANDS.has(major)) return 'avif';
  if (!HEIC_BRANDS.has(major)) return 'video';
  // `mif1` alone says only that it is a still image; the compatible brands say how it is coded.
  return brands.some((brand) => AVIF_BRANDS.has(brand)) && !brands.some(isHeicBrand) ? 'avif' : 'heic';
}

function isHeicBrand(brand: string): boolean {
  return brand.startsWith('he');
}
