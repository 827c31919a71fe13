import type { Person } from '../person/person.ts';

/** A settled person in the words of the labels. Colors are '#rrggbb'. */
export interface Observed {
  readonly slots: Readonly<Record<string, string | undefined>>;
  readonly accessories: ReadonlyMap<string, string>;
  readonly notDrawn: readonly string[];
}

export function observe(person: Person): Observed {
  return {
    slots: {
      gender: person.feminine === 1 ? 'woman' : person.feminine === 0 ? 'man' : 'nonbinary',
      age: ageOf(person.ageYears),
      garment: person.costume,
      garmentColor: person.cloth,
      pattern: person.pattern?.kind,
      hat: person.hat ?? 'none',
      hatColor: person.hat === undefined ? undefined : person.hatColor,
      eyewear: person.eyewear ?? 'none',
      eyewearColor: person.eyewear === undefined ? undefined : person.eyewearColor,
      hair: person.hairKind,
      hairColor: person.hair,
      beard: person.beard,
      beardColor: person.beard === 'none' ? undefined : (person.beardColor ?? person.hair),
      eyeColor: person.eye,
      skin: person.skin,
      expression: person.expression,
      scene: person.scene,
      sceneColor: person.scene === 'plain' ? person.accent : undefined,
      weather: person.weather,
      build: buildOf(person),
    },
    accessories: new Map(Object.entries({ ...(person.worn.beads && { necklace: person.worn.beads }), ...person.worn })),
    notDrawn: person.notDrawn,
  };
}

function ageOf(years: number): string {
  if (years <= 30) return 'young';
  if (years < 40) return 'adult';
  return years < 58 ? 'middle' : 'old';
}

function buildOf({ build, shoulders }: Person): string {
  if (build >= 0.8) return 'round';
  if (build >= 0.6) return 'sturdy';
  if (build <= -0.8) return 'slim';
  return shoulders >= 1 ? 'athletic' : 'average';
}
