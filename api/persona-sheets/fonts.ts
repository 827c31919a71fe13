import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import wawoff2 from 'wawoff2';
import { readCoverage } from './font-coverage.ts';
import { notoFilesFor } from './noto-fonts.ts';

const require = createRequire(import.meta.url);

/** The web's typeface, then one that covers most alphabets. */
const FONT_FILES = [
  require.resolve('@expo-google-fonts/geist/400Regular/Geist_400Regular.ttf'),
  require.resolve('@expo-google-fonts/geist/600SemiBold/Geist_600SemiBold.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];
export const FONT_FAMILIES = 'Geist, DejaVu Sans';
/** They show nothing by themselves, so they need no glyph. */
const NEEDS_NO_GLYPH = /[\s\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

let loading: Promise<ReadonlySet<number>> | undefined;
const registered = new Map<string, Promise<ReadonlySet<number>>>();
let folder: Promise<string> | undefined;

/**
 * Registers the fonts that draw the text with the process, each once.
 * @returns the code points of the text that no font has
 */
export async function loadFonts(text: string): Promise<ReadonlySet<number>> {
  loading ??= loadAll();
  const covered = await loading;
  const missing = new Set<number>();
  for (const character of new Set(text)) {
    const codePoint = character.codePointAt(0)!;
    if (covered.has(codePoint) || NEEDS_NO_GLYPH.test(character)) continue;
    if (!(await registerNotoFor(codePoint))) missing.add(codePoint);
  }
  return missing;
}

/** @returns whether one of the files has a glyph for the code point */
async function registerNotoFor(codePoint: number): Promise<boolean> {
  for (const file of await notoFilesFor(codePoint)) {
    if ((await registerOnce(file)).has(codePoint)) return true;
  }
  return false;
}

async function loadAll(): Promise<ReadonlySet<number>> {
  const coverages = await Promise.all(FONT_FILES.map(async (file) => readCoverage(await readFile(file))));
  for (const file of FONT_FILES) await register(file);
  return new Set(coverages.flatMap((coverage) => [...coverage]));
}

function registerOnce(woff2File: string): Promise<ReadonlySet<number>> {
  const known = registered.get(woff2File) ?? registerWoff2(woff2File);
  registered.set(woff2File, known);
  return known;
}

/** Libvips reads no WOFF2. */
async function registerWoff2(woff2File: string): Promise<ReadonlySet<number>> {
  folder ??= mkdtemp(join(tmpdir(), 'avatar-studio-fonts-'));
  const font = Buffer.from(await wawoff2.decompress(await readFile(woff2File)));
  const file = join(await folder, `${basename(woff2File, '.woff2')}.ttf`);
  await writeFile(file, font);
  await register(file);
  return readCoverage(font);
}

// Drawing any text with a font's file registers that font.
async function register(fontfile: string): Promise<void> {
  await sharp({ text: { text: '.', fontfile } })
    .raw()
    .toBuffer();
}
