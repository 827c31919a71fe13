import type { PortraitRequest } from '../portrait-types.ts';
import { colorOf } from './color-terms.ts';
import { hairKindIn, originIn, termsOf } from './lexicon.ts';
import { withAges } from './ages.ts';
import type { Told } from './told.ts';

/** What the attributes say, in the same slots as a prompt; unknown values say nothing. */
export function readAttributes(attributes: PortraitRequest['attributes']): Partial<Told> {
  const terms = (name: keyof PortraitRequest['attributes']) => withAges(termsOf(attributes[name] ?? ''));
  const meanings = (name: keyof PortraitRequest['attributes']) => terms(name).map(({ meaning }) => meaning);
  const told: Partial<Told> = {};
  for (const meaning of meanings('gender')) {
    if (meaning?.is === 'gender' || (meaning?.is === 'being' && meaning.feminine !== undefined))
      told.gender ??= meaning.feminine;
  }
  for (const meaning of meanings('ageRange')) {
    if (meaning?.is === 'age') told.age ??= meaning.years;
    if (meaning?.is === 'being' && meaning.years !== undefined) told.age ??= meaning.years;
  }
  for (const meaning of meanings('bodyType')) {
    if (meaning?.is === 'build') told.build ??= { build: meaning.build, shoulders: meaning.shoulders };
  }
  const origin = originIn(attributes.ethnicity ?? '');
  if (origin) Object.assign(told, { complexions: origin.complexions, epicanthic: origin.epicanthic });
  const hair = hairKindIn(terms('hairStyle'));
  if (hair !== undefined) told.hair = hair;
  const colors = {
    hairColor: colorOf(terms('hairColor'), 'hair'),
    eye: colorOf(terms('eyeColor'), 'eyes'),
    skin: colorOf(terms('skinTone'), 'skin'),
  };
  for (const [slot, color] of Object.entries(colors)) if (color !== undefined) Object.assign(told, { [slot]: color });
  return told;
}
