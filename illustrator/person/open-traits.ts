import { mix, type Color } from '../drawing/color.ts';
import type { RandomStream } from './seeded-random.ts';
import type { Beard, Expression, HairKind } from './traits.ts';

/** Hair that an unasked-for beard would turn into a joke. */
export const PLAYFUL: ReadonlySet<HairKind> = new Set(['twinbuns', 'pigtails']);

export function greyed(hair: Color, ageYears: number, luck: number): Color {
  if (ageYears >= 60) return mix(hair, '#d5d3d0', 0.72 + 0.2 * luck);
  if (ageYears >= 50) return mix(hair, '#a5a2a0', 0.2 + 0.4 * luck);
  return hair;
}

export function openHairKind(feminine: number, stream: RandomStream): HairKind {
  return feminine > 0.5
    ? stream.pick(['long', 'wavy', 'bob', 'medium', 'bun', 'curly', 'ponytail', 'pixie', 'bangs', 'short', 'braid'])
    : stream.pick(['short', 'swept', 'curly', 'short', 'buzz', 'medium', 'undercut', 'slick', 'none']);
}

export function openBeard(feminine: number, stream: RandomStream): Beard {
  if (feminine > 0.3) return 'none';
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
    'goatee',
    'moustache',
  ]);
}

export const openExpression = (stream: RandomStream): Expression =>
  stream.pick(['gentle', 'gentle', 'smile', 'smile', 'laugh', 'smirk', 'calm']);
