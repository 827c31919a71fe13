import { describe, expect, test } from 'vitest';
import { AGE_RANGES, EYE_COLORS, HAIR_COLORS, HAIR_STYLES, SKIN_TONES } from '#domain/persona/attributes.ts';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import type { PortraitRequest } from '../portrait-types.ts';
import type { Person } from './person.ts';
import { settlePerson } from './settle-person.ts';

const SEEDS = Array.from({ length: 40 }, (_, i) => i * 7919);
const request = (seed: number, attributes: PortraitRequest['attributes'] = {}, prompt = ''): PortraitRequest => ({
  style: 'photorealistic',
  attributes,
  prompt,
  seed,
  widthPx: 512,
  heightPx: 512,
});

/** Names of the traits in which two people differ. */
function changed(a: Person, b: Person): string[] {
  const traits = Object.keys(a) as (keyof Person)[];
  return traits.filter((trait) => JSON.stringify(a[trait]) !== JSON.stringify(b[trait]));
}

describe('one changed attribute leaves the rest of the person alone', () => {
  test.each([
    ['hairColor', 'copper', ['hair']],
    ['eyeColor', 'green', ['eye']],
    ['hairStyle', 'undercut', ['hairKind']],
    ['bodyType', 'sturdy', ['build', 'shoulders']],
    ['skinTone', 'fair', ['skin', 'worn']],
  ] as const)('%s', (trait, value, allowed) => {
    for (const seed of SEEDS) {
      const difference = changed(settlePerson(request(seed)), settlePerson(request(seed, { [trait]: value })));
      expect(
        difference.filter((name) => !(allowed as readonly string[]).includes(name) && name !== 'freckles'),
      ).toEqual([]);
    }
  });

  test('also when the built prompt repeats the attribute in words', () => {
    const one = { hairColor: 'brown', skinTone: 'fair', eyeColor: 'green', hairStyle: 'wavy' };
    for (const seed of SEEDS) {
      const a = settlePerson(request(seed, one, buildPrompt({ attributes: one })));
      const two = { ...one, hairColor: 'silver' };
      expect(changed(a, settlePerson(request(seed, two, buildPrompt({ attributes: two }))))).toEqual(['hair']);
    }
  });
});

describe('attributes', () => {
  test('give exactly the colors of the pickers', () => {
    for (const { value, hex } of HAIR_COLORS) expect(settlePerson(request(1, { hairColor: value })).hair).toBe(hex);
    for (const { value, hex } of EYE_COLORS) expect(settlePerson(request(1, { eyeColor: value })).eye).toBe(hex);
    for (const { value, hex } of SKIN_TONES) expect(settlePerson(request(1, { skinTone: value })).skin).toBe(hex);
  });

  test('offer a hair style of its own for every name of the picker', () => {
    const kinds = HAIR_STYLES.map((hairStyle) => settlePerson(request(1, { hairStyle })).hairKind);
    expect(new Set(kinds).size).toBe(HAIR_STYLES.length);
  });

  test('set the age, and the prompt does when they are silent', () => {
    expect(AGE_RANGES.map((ageRange) => settlePerson(request(1, { ageRange })).ageYears)).toEqual([24, 34, 44, 54, 68]);
    expect(settlePerson(request(1, {}, 'an old sailor')).ageYears).toBeGreaterThan(60);
  });

  test('win over the prompt', () => {
    const person = settlePerson(request(1, { hairColor: 'black', gender: 'woman' }, 'a man with silver hair'));
    expect(person).toMatchObject({ hair: '#1f1a17', feminine: 1 });
  });
});

describe('prompt words', () => {
  test('dress and equip the sitter', () => {
    const person = settlePerson(
      request(1, {}, 'Bearded man, emerald velvet doublet, round glasses, beanie, long red hair'),
    );
    expect(person).toMatchObject({
      feminine: 0,
      beard: 'full',
      costume: 'velvet',
      eyewear: 'glasses',
      hat: 'beanie',
      hairKind: 'long',
    });
  });

  test.each([
    ['a smith with a copper beard', { beard: 'full', beardColor: '#a65e3a', hair: '#a65e3a' }],
    ['a smith, black hair and a long copper beard', { beard: 'long', beardColor: '#a65e3a', hair: '#1f1a17' }],
    ['a red-bearded, blue-eyed, silver-haired smith', { beardColor: '#a8391f', eye: '#4a78a8', hair: '#cfcbc4' }],
    ['a smith with a white moustache', { beard: 'moustache', beardColor: '#ece7df' }],
    ['a smith with hair dyed pink and eyes of amber', { hair: '#ee8fb2', eye: '#b3782a' }],
    [
      'a smith with hair dyed pink and bright eyes',
      { hair: '#ee8fb2', eye: settlePerson(request(1, {}, 'a smith')).eye },
    ],
    ['a smith, her golden curls, emerald coat', { hair: '#d6a548' }],
    ['a woman with green eyes and copper hair', { hair: '#a65e3a', eye: '#4d7a4f' }],
  ])('color what they stand beside: %s', (prompt, expected) => {
    expect(settlePerson(request(1, {}, prompt))).toMatchObject(expected);
  });

  test('color nothing else', () => {
    const plain = settlePerson(request(1, {}, 'a bearded smith'));
    for (const prompt of [
      'a bearded smith, copper coat',
      'a bearded smith, hair in a green scarf',
      'a bearded smith in red',
    ]) {
      expect(settlePerson(request(1, {}, prompt))).toMatchObject({ hair: plain.hair, beardColor: undefined });
    }
    const given = settlePerson(request(1, { hairColor: 'black' }, 'a smith with a copper beard'));
    expect(given).toMatchObject({ hair: '#1f1a17', beardColor: '#a65e3a' });
  });

  test('about things do not change the body', () => {
    expect(settlePerson(request(1, {}, 'round glasses, strong light, large window')).build).toBe(0);
  });
});

test('forty seeds give forty people', () => {
  const people = SEEDS.map((seed) => JSON.stringify({ ...settlePerson(request(seed)), seed: 0 }));
  expect(new Set(people).size).toBe(SEEDS.length);
});
