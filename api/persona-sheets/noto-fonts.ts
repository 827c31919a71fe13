import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** For characters that the first fonts lack, in the order of preference. Each is in parts, and only needed parts are read. */
const FAMILIES = [
  'emoji',
  'sans-sc',
  'sans-kr',
  'sans-devanagari',
  'sans-thai',
  'sans-bengali',
  'sans-tamil',
  'sans-telugu',
  'sans-gujarati',
  'sans-gurmukhi',
  'sans-kannada',
  'sans-malayalam',
  'sans-sinhala',
  'sans-khmer',
  'sans-lao',
  'sans-myanmar',
  'sans-ethiopic',
] as const;
/** Parts that the first fonts cover. */
const EUROPEAN = /^(?:latin|latin-ext|vietnamese|cyrillic|cyrillic-ext|greek|greek-ext)$/;

interface Part {
  /** The path of its file, WOFF2. */
  readonly file: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

let parts: Promise<readonly Part[]> | undefined;

/** @returns the files that are said to have a glyph for the code point; some ranges are wider than their fonts */
export async function notoFilesFor(codePoint: number): Promise<string[]> {
  parts ??= readParts();
  return (await parts)
    .filter(({ ranges }) => ranges.some(([first, last]) => first <= codePoint && codePoint <= last))
    .map(({ file }) => file);
}

async function readParts(): Promise<readonly Part[]> {
  const families = await Promise.all(FAMILIES.map(partsOf));
  return families.flat();
}

async function partsOf(family: string): Promise<Part[]> {
  const name = `noto-${family}`;
  const path = require.resolve(`@fontsource-variable/${name}/unicode.json`);
  const ranges = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  return Object.entries(ranges)
    .filter(([part]) => !EUROPEAN.test(part))
    .map(([part, text]) => ({
      file: require.resolve(
        `@fontsource-variable/${name}/files/${name}-${part.replaceAll(/[[\]]/g, '')}-wght-normal.woff2`,
      ),
      ranges: text.split(',').map(rangeOf),
    }));
}

/** As CSS writes it: `U+900-97F`. */
function rangeOf(text: string): readonly [number, number] {
  const [first = '', last = first] = text.replace('U+', '').split('-');
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}
