import { createRequire } from 'node:module';
import sharp from 'sharp';

const require = createRequire(import.meta.url);

/** The web's typeface, then one that covers most scripts. Other characters fall back to the machine's fonts. */
const FONT_FILES = [
  require.resolve('@expo-google-fonts/geist/400Regular/Geist_400Regular.ttf'),
  require.resolve('@expo-google-fonts/geist/600SemiBold/Geist_600SemiBold.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];
export const FONT_FAMILIES = 'Geist, DejaVu Sans';

let loading: Promise<void> | undefined;

/** Registers the fonts with the process, once. */
export function loadFonts(): Promise<void> {
  loading ??= loadAll();
  return loading;
}

// Drawing any text with a font's file registers that font.
async function loadAll(): Promise<void> {
  for (const fontfile of FONT_FILES)
    await sharp({ text: { text: '.', fontfile } })
      .raw()
      .toBuffer();
}
