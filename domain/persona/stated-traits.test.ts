import { describe, expect, it } from 'vitest';
import { AGE_RANGES, GENDERS } from './attributes.ts';
import { ageRangePattern, genderPattern } from './stated-traits.ts';

const states = (pattern: string, prompt: string) => new RegExp(pattern, 'u').test(prompt.toLowerCase());
const gendersIn = (prompt: string) => GENDERS.filter((gender) => states(genderPattern(gender), prompt));
const agesIn = (prompt: string) => AGE_RANGES.filter((range) => states(ageRangePattern(range), prompt));

describe('what a prompt says about the person', () => {
  it.each([
    ['A red-haired pirate woman', ['woman']],
    ['A tavern keeper with flour on her sleeves', ['woman']],
    ['a fisherman at dawn', ['man']],
    ['portrait of a king, oil painting', ['man']],
    ['an androgynous elf', ['nonbinary']],
    ['a human shaman, a German and a Roman', []],
    ['the chest of a shepherd', []],
    ['a lighthouse keeper', []],
    ['', []],
  ])('is of "%s" the gender %j', (prompt, genders) => {
    expect(gendersIn(prompt)).toEqual(genders);
  });

  it.each([
    ['An old lighthouse keeper', ['60+']],
    ['Portrait of Ada. A very old sailor.', ['60+']],
    ['a young baker', ['20s']],
    ['a smith, 45 years old', ['40s']],
    ['a smith in her thirties', ['30s']],
    ['a 72-year-old cellist', ['60+']],
    ['a sailor in an old coat', []],
    ['a knight of the 1950s', []],
    ['a baker', []],
  ])('is of "%s" the age %j', (prompt, ages) => {
    expect(agesIn(prompt)).toEqual(ages);
  });
});
