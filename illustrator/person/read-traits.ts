import { mix, type Color } from '../drawing/color.ts';
import { beardIn, type Beard } from './dress-words.ts';
import type { HairKind } from './hair-words.ts';
import type { Expression } from './person.ts';
import { firstMention, mentions } from './read-prompt.ts';
import type { RandomStream } from './seeded-random.ts';

export function readGender(given: string, words: string, stream: RandomStream): number {
  if (/non.?bin|androg/.test(given)) return 0.5;
  if (/wom|fem|girl|\bf\b/.test(given)) return 1;
  if (/\bman\b|\bmale\b|masc|boy|\bm\b/.test(given)) return 0;
  if (/non.?binary|androgynous/.test(words)) return 0.5;
  if (/\b(she|her|woman|lady|girl|queen|princess|witch|sorceress|mother|hijab|gown)\b/.test(words)) return 1;
  if (/\b(he|his|him|man|gentleman|boy|king|prince|beard(ed)?|moustache|mustache|father)\b/.test(words)) return 0;
  return stream.chance(0.5) ? 1 : 0;
}

export function readAge(given: string, words: string, stream: RandomStream): number {
  const said = given || (/\b(\d0)s\b/.exec(words)?.[0] ?? '');
  const years = Number.parseInt(/\d+/.exec(said)?.[0] ?? '', 10);
  if (years >= 60) return 68;
  if (years >= 18) return years + 4;
  if (/\bold\b|elder|senior|aged|grand(ma|pa|mother|father)/.test(`${said} ${words}`)) return 70;
  if (/middle.?aged/.test(`${said} ${words}`)) return 50;
  return stream.pick([24, 26, 29, 33, 38]);
}

export function readBuild(given: string, words: string): { build: number; shoulders: number } {
  // In a prompt "round" may be glasses and "strong" light: only words that surely mean a body count there.
  const sure = /\b(slender|petite|skinny|muscular|athletic|stocky|chubby|heavyset|broad.?shouldered)\b/.exec(
    words,
  )?.[0];
  const said = given || (sure ?? '');
  if (/slim|thin|slender|petite|lean|skinny/.test(said)) return { build: -0.8, shoulders: -0.5 };
  if (/heavy|round|plus|large|chubby|curvy|\bfat\b/.test(said)) return { build: 1, shoulders: 0.5 };
  if (/sturdy|stocky/.test(said)) return { build: 0.6, shoulders: 0.8 };
  if (/athlet|muscul|broad|strong/.test(said)) return { build: 0, shoulders: 1 };
  return { build: 0, shoulders: 0 };
}

export function greyed(hair: Color, ageYears: number, luck: number): Color {
  if (ageYears >= 60) return mix(hair, '#d5d3d0', 0.72 + 0.2 * luck);
  if (ageYears >= 50) return mix(hair, '#a5a2a0', 0.2 + 0.4 * luck);
  return hair;
}

export function pickHairKind(feminine: number, stream: RandomStream): HairKind {
  return feminine > 0.5
    ? stream.pick(['long', 'wavy', 'bob', 'medium', 'bun', 'curly', 'ponytail', 'pixie', 'bangs'])
    : stream.pick(['short', 'swept', 'curly', 'short', 'buzz', 'medium', 'undercut', 'slick']);
}

export function readBeard(words: string, feminine: number, ageYears: number, stream: RandomStream): Beard {
  const said = beardIn(words);
  if (said) return said;
  if (feminine > 0.3) return 'none';
  if (mentions(words, /mage|wizard|druid/) && ageYears >= 50) return 'long';
  if (mentions(words, /android|robot|\bfae\b|fairy|\belf/)) return 'none';
  return stream.pick([
    'none',
    'none',
    'none',
    'none',
    'none',
    'stubble',
    'stubble',
    'stubble',
    'short',
    'full',
    'full',
    'moustache',
  ]);
}

export function readExpression(words: string, stream: RandomStream): Expression {
  const said = firstMention<Expression>(words, [
    [/laugh|grin|cheerful|joyful|happy/, 'grin'],
    [/smil|friendly|warm smile/, 'smile'],
    [/smirk|sly|mischiev|sarcastic/, 'smirk'],
    [/serious|stern|solemn|stoic|weary/, 'calm'],
  ]);
  return said ?? stream.pick(['gentle', 'gentle', 'smile', 'smile', 'grin', 'smirk']);
}
