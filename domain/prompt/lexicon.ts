import type { Style } from './style.ts';

/** Aspects of a portrait that a prompt can mention besides its subject. */
export const PROMPT_ASPECTS = ['framing', 'light', 'medium', 'mood'] as const;
export type PromptAspect = (typeof PROMPT_ASPECTS)[number];

/** Detects aspects that a prompt already mentions. */
const MENTIONED: Readonly<Record<PromptAspect, RegExp>> = {
  framing:
    /\b(portrait|head ?shot|head and shoulders|close[- ]?up|bust|face of|(full|half)[- ](body|length)|waist[- ]up|profile|three[- ]quarter|wide shot)\b/i,
  light:
    /\b(light|lights|lit|lighting|glow\w*|sun\w*|moon\w*|candle\w*|lamp\w*|neon|shadow\w*|golden hour|dusk|dawn|backlit|chiaroscuro|firelight)\b/i,
  medium:
    /\b(photo\w*|lens|\d+ ?mm|film|cinematic|paint\w*|watercolou?r|oil|gouache|anime|manga|chibi|cartoon|comic|3d|render\w*|clay|pixel|vector|sketch|draw\w*|drawn|illustrat\w*|ink|engraving|pastel|charcoal)\b/i,
  mood: /\b(mood|expression|gaze|look|looks|smil\w*|laugh\w*|grin\w*|frown\w*|calm|serene|happy|cheerful|joy\w*|sad|melanchol\w*|angry|fierce|stern|proud|tired|weary|thoughtful|pensive|dream\w*|gentle|warm|wry|mysterious|confident|shy|solemn|eyes closed)\b/i,
};

/** Phrases for each aspect. The first one is the default. */
export const PHRASES: Readonly<Record<PromptAspect, readonly [string, ...string[]]>> = {
  framing: ['head and shoulders', 'close-up of the face', 'three-quarter view', 'profile view', 'waist-up portrait'],
  light: [
    'soft window light',
    'warm golden hour light',
    'rim light against a dark background',
    'candlelight from below',
    'overcast daylight',
    'neon light from both sides',
    'dramatic side light',
  ],
  medium: [
    'portrait photograph with an 85mm lens',
    'oil painting with visible brushwork',
    'watercolor on rough paper',
    'ink drawing with fine hatching',
    'stop-motion clay figure',
    'black and white film photograph',
  ],
  mood: [
    'calm, thoughtful expression',
    'warm, open smile',
    'stern, unwavering gaze',
    'tired but kind eyes, gentle expression',
    'mischievous grin',
    'dreamy, faraway look',
  ],
};

/** Light that suits a style better than the default. */
const LIGHT_OF_STYLE: Partial<Record<Style, string>> = {
  anime: 'clear, even light',
  chibi: 'clear, even light',
  comic: 'hard light with bold shadows',
  vector: 'clear, even light',
  pixel: 'clear, even light',
  '3d': 'soft studio light',
  clay: 'soft studio light',
  fantasy: 'warm firelight',
  'sci-fi': 'cool, diffuse light',
  cyberpunk: 'neon light from both sides',
  'post-apocalyptic': 'low amber sunlight',
  classical: 'candlelight from one side',
  noir: 'hard light through window blinds',
};

export function mentions(text: string, aspect: PromptAspect): boolean {
  return MENTIONED[aspect].test(text);
}

/** The phrase to add for an aspect; undefined for the medium when a style is given, since a style implies one. */
export function phraseFor(aspect: PromptAspect, style: Style | undefined): string | undefined {
  if (aspect === 'medium' && style !== undefined) return undefined;
  if (aspect === 'light' && style !== undefined) return LIGHT_OF_STYLE[style] ?? PHRASES.light[0];
  return PHRASES[aspect][0];
}
