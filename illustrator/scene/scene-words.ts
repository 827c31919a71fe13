import type { Style } from '#domain/prompt/style.ts';
import { firstMention, normalized } from '../person/read-prompt.ts';

export type SceneName =
  | 'studio'
  | 'office'
  | 'clinic'
  | 'library'
  | 'cafe'
  | 'home'
  | 'city'
  | 'garden'
  | 'blossom'
  | 'hills'
  | 'beach'
  | 'mountains'
  | 'snow'
  | 'cockpit'
  | 'pastel'
  | 'bokeh'
  | 'felt'
  | 'burst'
  | 'teal'
  | 'plain'
  | 'forest'
  | 'arcane'
  | 'cathedral'
  | 'moonlit'
  | 'castle'
  | 'neon'
  | 'lab'
  | 'space'
  | 'desert'
  | 'drape'
  | 'paper'
  | 'blinds'
  | 'dusk';

const RULES: readonly (readonly [RegExp, SceneName])[] = [
  [/bookshel|library|books|study\b/, 'library'],
  [/clinic|hospital|surgery/, 'clinic'],
  [/\boffice\b|meeting room|workplace/, 'office'],
  [/cafe|coffee shop|bakery|kitchen|tavern|\bbar\b/, 'cafe'],
  [/cherry|blossom|sakura/, 'blossom'],
  [/cockpit|flight deck|spaceship|starship/, 'cockpit'],
  [/rune|arcane|magic circle|spell/, 'arcane'],
  [/cathedral|temple|church/, 'cathedral'],
  [/castle|throne|keep\b/, 'castle'],
  [/moonflower|moonlit|moonlight|translucent wings|\bnight\b/, 'moonlit'],
  [/moss|forest|woods|jungle|dappled/, 'forest'],
  [/hills|meadow|field|countryside/, 'hills'],
  [/beach|\bsea\b|ocean|coast|harbour|harbor/, 'beach'],
  [/mountain|alps|peak/, 'mountains'],
  [/\bsnow|winter|\bice\b/, 'snow'],
  [/garden|park\b|flowers in the background/, 'garden'],
  [/neon|cyberpunk|rain\b/, 'neon'],
  [/street|city|downtown|skyline/, 'city'],
  [/laborator|\blab\b/, 'lab'],
  [/planet|outer space|\bstars\b|galaxy|nebula|in space/, 'space'],
  [/\bdust|desert|amber sun|wasteland|ruins/, 'desert'],
  [/velvet|drapery|chiaroscuro|curtain/, 'drape'],
  [/felt set|\bfelt\b/, 'felt'],
  [/pastel/, 'pastel'],
  [/teal background|solid teal/, 'teal'],
  [/window-?blind|venetian/, 'blinds'],
  [/living room|at home|\bsofa\b|cosy room/, 'home'],
  [/plain background|solid background|solid colou?r/, 'plain'],
  [/studio|grey backdrop|gray backdrop|backdrop/, 'studio'],
];

const BY_STYLE: Readonly<Record<Style, SceneName>> = {
  photorealistic: 'studio',
  anime: 'hills',
  chibi: 'pastel',
  '3d': 'bokeh',
  clay: 'felt',
  comic: 'burst',
  vector: 'plain',
  fantasy: 'dusk',
  'sci-fi': 'space',
  cyberpunk: 'neon',
  'post-apocalyptic': 'desert',
  classical: 'drape',
  watercolor: 'paper',
  pixel: 'plain',
  noir: 'blinds',
};

/** The style's own set, unless the prompt names a place. Watercolour stays on its paper, noir in its light. */
export function sceneOf(style: Style, prompt: string): SceneName {
  const own = BY_STYLE[style];
  if (style === 'noir' || style === 'watercolor') return own;
  return firstMention(normalized(prompt), RULES) ?? own;
}
