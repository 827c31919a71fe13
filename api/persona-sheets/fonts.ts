import { createRequire } from 'node:module';
import sharp from 'sharp';

const require = createRequire(import.meta.url);

/** The web's own face, then one that knows most alphabets. What neither has the machine's fonts may draw. */
const FILES = [
  require.resolve('@expo-google-fonts/geist/400Regular/Geist_400Regular.ttf'),
  require.resolve('@expo-google-fonts/geist/600SemiBold/Geist_600SemiBold.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];
export const FONT_FAMILIES = 'Geist, DejaVu Sans';

let known: Promise<void> | undefined;

/** Makes the fonts known to the process, once; the machine needs none of its own. */
export function loadFonts(): Promise<void> {
  known ??= loadAll();
  return known;
}

// A font is known from the first text on that was drawn with its file.
async function loadAll(): Promise<void> {
  for (const fontfile of FILES)
    await sharp({ text: { text: '.', fontfile } })
      .raw()
      .toBuffer();
}
