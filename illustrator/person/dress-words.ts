import { firstMention, mentions } from './read-prompt.ts';

export type Costume =
  | 'suit'
  | 'blazer'
  | 'tweed'
  | 'trench'
  | 'coat'
  | 'knit'
  | 'tee'
  | 'shirt'
  | 'hoodie'
  | 'apron'
  | 'dress'
  | 'scarf'
  | 'flight'
  | 'spacesuit'
  | 'android'
  | 'techwear'
  | 'armor'
  | 'robe'
  | 'cloak'
  | 'gossamer'
  | 'velvet'
  | 'scout'
  | 'jacket';

/** Outer and telling garments first. */
const COSTUME_RULES: readonly (readonly [RegExp, Costume])[] = [
  [/space ?suit|astronaut|cosmonaut|reflected in the visor/, 'spacesuit'],
  [/plate armou?r|armou?r|knight|paladin/, 'armor'],
  [/flight suit|\bpilot\b|mecha/, 'flight'],
  [/android|robot|cyborg|porcelain panel/, 'android'],
  [/\brobes?\b|\bmage\b|archmage|wizard|sorcer|druid|witch/, 'robe'],
  [/\bhood(ed)?\b|cloak|ranger|leather hood/, 'cloak'],
  [/wings|\bfae\b|fairy|ethereal/, 'gossamer'],
  [/white coat|lab coat|doctor|clinic|scientist|nurse/, 'coat'],
  [/tweed|professor/, 'tweed'],
  [/trench|fedora|detective/, 'trench'],
  [/blazer|school uniform|uniform/, 'blazer'],
  [/\bsuit\b|tuxedo|\btie\b|executive|business/, 'suit'],
  [/velvet|renaissance|doublet|baroque|ruff\b/, 'velvet'],
  [/cyberpunk|techwear|netrunner|hacker|lit visor/, 'techwear'],
  [/goggles|wasteland|scavenger|gritty/, 'scout'],
  [/hoodie|sweatshirt/, 'hoodie'],
  [/apron|baker|barista|\bchef\b|\bcook\b/, 'apron'],
  [/knit|sweater|jumper|turtleneck|cardigan/, 'knit'],
  [/scarf/, 'scarf'],
  [/jacket|leather|biker/, 'jacket'],
  [/dress|gown/, 'dress'],
  [/t-?shirt|\btee\b/, 'tee'],
  [/shirt|blouse/, 'shirt'],
];

export const costumeIn = (words: string): Costume | undefined => firstMention(words, COSTUME_RULES);

export type Hat = 'fedora' | 'beanie' | 'cap' | 'wizard' | 'crown' | 'flowers' | 'hijab' | 'headphones' | 'hood';

const HAT_RULES: readonly (readonly [RegExp, Hat])[] = [
  [/hijab|headscarf/, 'hijab'],
  [/\bhood(ed)?\b/, 'hood'],
  [/wizard('s)? hat|witch('s)? hat|pointed hat/, 'wizard'],
  [/beanie|knit cap|woolly hat/, 'beanie'],
  [/baseball cap|\bcap\b/, 'cap'],
  [/crown|tiara|diadem|\bking\b|\bqueen\b/, 'crown'],
  [/flower crown|flowers in (her|his|their) hair|flower wreath/, 'flowers'],
  [/headphones|headset/, 'headphones'],
  [/fedora|trilby|\bhat\b/, 'fedora'],
];

export function hatIn(words: string): Hat | undefined {
  if (mentions(words, /flower crown|flower wreath/)) return 'flowers';
  return firstMention(words, HAT_RULES);
}

export type Eyewear = 'glasses' | 'sunglasses' | 'goggles' | 'visor' | 'eyepatch' | 'monocle';

export function eyewearIn(words: string): Eyewear | undefined {
  return firstMention<Eyewear>(words, [
    [/sunglasses|\bshades\b/, 'sunglasses'],
    [/goggles/, 'goggles'],
    [/eye ?patch/, 'eyepatch'],
    [/monocle/, 'monocle'],
    [/\blit visor|(?<!in the )\bvisor\b/, 'visor'],
    [/glasses|spectacles|bespectacled/, 'glasses'],
  ]);
}

export type Beard = 'none' | 'stubble' | 'short' | 'full' | 'long' | 'goatee' | 'moustache';

export function beardIn(words: string): Beard | undefined {
  if (/clean.?shaven|(no|without( a)?) (beard|facial hair)/.test(words)) return 'none';
  return firstMention<Beard>(words, [
    [/\blong (?:[a-z-]+ ){0,2}beard/, 'long'],
    [/goatee/, 'goatee'],
    [/stubble|unshaven/, 'stubble'],
    [/\b(short|trimmed|cropped) (?:[a-z-]+ ){0,2}beard/, 'short'],
    [/beard/, 'full'],
    [/m(o)?ustache/, 'moustache'],
  ]);
}
