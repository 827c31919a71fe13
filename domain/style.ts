/** Drawing styles: what people pick, what a painter is told, what the illustrator draws. */
export const STYLES = [
  'photorealistic',
  'anime',
  'chibi',
  '3d',
  'clay',
  'comic',
  'vector',
  'fantasy',
  'sci-fi',
  'cyberpunk',
  'post-apocalyptic',
  'classical',
  'watercolour',
  'pixel',
  'noir',
] as const;
export type Style = (typeof STYLES)[number];

export interface StyleRule {
  readonly label: string;
  /** Plain description for the painter. FLUX has no negative prompt, so it says what is there, never what is not. */
  readonly words: string;
}

export const STYLE_RULES: Readonly<Record<Style, StyleRule>> = {
  photorealistic: { label: 'Photo', words: 'Natural portrait photograph, soft window light, 85mm lens' },
  anime: { label: 'Anime', words: 'Clean cel-shaded anime portrait' },
  chibi: { label: 'Chibi', words: 'Chibi portrait with an oversized head and pastel colours' },
  '3d': { label: '3D film', words: 'Rendered 3D animated film character with big eyes and rim light' },
  clay: { label: 'Clay', words: 'Stop-motion clay figure with visible fingerprints' },
  comic: { label: 'Comic', words: 'Comic portrait with bold ink and halftone' },
  vector: { label: 'Vector', words: 'Flat vector portrait of geometric shapes on a solid background' },
  fantasy: { label: 'Fantasy', words: 'Painterly fantasy portrait in warm light' },
  'sci-fi': { label: 'Sci-fi', words: 'Cinematic science fiction portrait, cool light' },
  cyberpunk: { label: 'Cyberpunk', words: 'Cinematic cyberpunk portrait, neon light, rain' },
  'post-apocalyptic': { label: 'Wasteland', words: 'Gritty portrait in dust and amber sun' },
  classical: { label: 'Classical', words: 'Oil portrait with chiaroscuro light' },
  watercolour: { label: 'Watercolour', words: 'Loose watercolour portrait on visible paper grain' },
  pixel: { label: 'Pixel', words: 'Pixel art portrait, 32 colours, crisp blocks' },
  noir: { label: 'Noir', words: 'Black and white film portrait with window-blind shadows' },
};

export const DEFAULT_STYLE: Style = 'photorealistic';

export function isStyle(value: string): value is Style {
  return (STYLES as readonly string[]).includes(value);
}
