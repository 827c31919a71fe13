/** Styles: their labels, their prompt text, and the illustrator's style. */
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
  'watercolor',
  'pixel',
  'noir',
] as const;
export type Style = (typeof STYLES)[number];

/** The medium, which determines the finish terms. */
export type Medium = 'photo' | 'drawn' | 'painted' | 'modeled';

export interface StyleRule {
  readonly label: string;
  readonly medium: Medium;
  /** Prompt text of the style. FLUX has no negative prompt, so it contains no negations. */
  readonly words: string;
}

export const STYLE_RULES: Readonly<Record<Style, StyleRule>> = {
  photorealistic: {
    label: 'Photo',
    medium: 'photo',
    words: 'Natural portrait photograph, soft window light, 85mm lens',
  },
  anime: { label: 'Anime', medium: 'drawn', words: 'Clean cel-shaded anime portrait' },
  chibi: { label: 'Chibi', medium: 'drawn', words: 'Chibi portrait with an oversized head and pastel colors' },
  '3d': {
    label: '3D film',
    medium: 'modeled',
    words: 'Rendered 3D animated film character with big eyes and rim light',
  },
  clay: { label: 'Clay', medium: 'modeled', words: 'Stop-motion clay figure with visible fingerprints' },
  comic: { label: 'Comic', medium: 'drawn', words: 'Comic portrait with bold ink and halftone' },
  vector: { label: 'Vector', medium: 'drawn', words: 'Flat vector portrait of geometric shapes on a solid background' },
  fantasy: { label: 'Fantasy', medium: 'painted', words: 'Painterly fantasy portrait in warm light' },
  'sci-fi': { label: 'Sci-fi', medium: 'photo', words: 'Cinematic science fiction portrait, cool light' },
  cyberpunk: { label: 'Cyberpunk', medium: 'photo', words: 'Cinematic cyberpunk portrait, neon light, rain' },
  'post-apocalyptic': { label: 'Wasteland', medium: 'photo', words: 'Gritty portrait in dust and amber sun' },
  classical: { label: 'Classical', medium: 'painted', words: 'Oil portrait with chiaroscuro light' },
  watercolor: { label: 'Watercolor', medium: 'painted', words: 'Loose watercolor portrait on visible paper grain' },
  pixel: { label: 'Pixel', medium: 'drawn', words: 'Pixel art portrait, 32 colors, crisp blocks' },
  noir: { label: 'Noir', medium: 'photo', words: 'Black and white film portrait with window-blind shadows' },
};

export const DEFAULT_STYLE: Style = 'photorealistic';

/** The style of a request: its own, else that among its attributes, which a preset may have filled. */
export function styleOf(request: {
  readonly style?: Style | undefined;
  readonly attributes?: { readonly style?: Style | undefined } | undefined;
}): Style | undefined {
  return request.style ?? request.attributes?.style;
}

export function isStyle(value: string): value is Style {
  return (STYLES as readonly string[]).includes(value);
}
