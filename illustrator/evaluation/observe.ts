import type { Person } from '../person/person.ts';
import type { SceneName } from '../scene/scene-words.ts';

/** A settled person in the words of the labels. Colors are '#rrggbb'. */
export interface Observed {
  readonly slots: Readonly<Record<string, string | undefined>>;
  readonly accessories: ReadonlyMap<string, string | true>;
  readonly notDrawn: readonly string[];
}

const GARMENTS: Readonly<Record<string, string>> = { coat: 'labcoat', knit: 'turtleneck', scarf: 'overcoat' };
const EXPRESSIONS: Readonly<Record<string, string>> = { grin: 'laugh' };

export function observe(person: Person, scene: SceneName, _prompt: string): Observed {
  const accessories = new Map<string, string | true>();
  if (person.freckles) accessories.set('freckles', true);
  if (person.scar) accessories.set('scar', true);
  if (person.earring) accessories.set('earring', true);
  if (person.pointedEars) accessories.set('pointedEars', true);
  if (person.costume === 'scarf') accessories.set('scarf', true);
  if (person.costume === 'coat') accessories.set('stethoscope', true);
  if (['suit', 'blazer', 'tweed', 'trench'].includes(person.costume)) accessories.set('tie', true);
  return {
    slots: {
      gender: person.feminine === 1 ? 'woman' : person.feminine === 0 ? 'man' : 'nonbinary',
      age: ageOf(person.ageYears),
      garment: GARMENTS[person.costume] ?? person.costume,
      garmentColor: person.cloth,
      hat: person.hat ?? 'none',
      eyewear: person.eyewear ?? 'none',
      hair: person.hairKind,
      hairColor: person.hair,
      beard: person.beard,
      beardColor: person.beard === 'none' ? undefined : (person.beardColor ?? person.hair),
      eyeColor: person.eye,
      skin: person.skin,
      expression: EXPRESSIONS[person.expression] ?? person.expression,
      scene,
      build: person.build > 0.8 ? 'round' : person.build > 0.4 ? 'sturdy' : person.build < -0.4 ? 'slim' : 'athletic',
    },
    accessories,
    notDrawn: [],
  };
}

function ageOf(years: number): string {
  if (years <= 30) return 'young';
  if (years < 40) return 'adult';
  return years < 58 ? 'middle' : 'old';
}
