import { describe, expect, it } from 'vitest';
import { lengthOf } from '../text/characters.ts';
import { avatarName, AVATAR_NAME_MAX_LENGTH, distinctNames, isDerivedName } from './avatar-name.ts';

it('names an avatar by the given name, else the persona’s, else the subject of the prompt', () => {
  expect(avatarName({ name: ' Mira ', persona: { name: 'Vale' }, prompt: 'x' })).toBe('Mira');
  expect(avatarName({ persona: { name: 'Vale' }, prompt: 'x' })).toBe('Vale');
  expect(avatarName({ prompt: 'a lighthouse keeper in a yellow coat' })).toBe('A lighthouse keeper');
});

it('cuts an avatar name from a prompt before a second phrase', () => {
  expect(avatarName({ prompt: 'A tavern keeper with tired eyes and flour' })).toBe('A tavern keeper');
  expect(avatarName({ prompt: 'An archmage of the cellar, bearded' })).toBe('An archmage of the cellar');
  expect(avatarName({ prompt: 'Ser Aldous, knight of the old road' })).toBe('Ser Aldous');
  expect(avatarName({ prompt: 'the captain of the very old ship' })).toBe('The captain of the very');
});

it('never gives an empty or overlong avatar name', () => {
  expect(avatarName({})).toBe('Untitled avatar');
  expect(avatarName({ prompt: ' ,.; ' })).toBe('Untitled avatar');
  expect(lengthOf(avatarName({ prompt: '👩‍🎤'.repeat(200) }))).toBeLessThanOrEqual(60);
  expect(avatarName({ name: '\u200B', persona: { name: '\u3164' }, prompt: '- - -' })).toBe('Untitled avatar');
});

it.each([
  ['👨‍👩‍👧‍👦'.repeat(9), '👨‍👩‍👧‍👦'.repeat(9)],
  [`${'a'.repeat(58)} 👩🏽‍🚀 pilot`, `A${'a'.repeat(57)} 👩🏽‍🚀`],
  [`${'x'.repeat(59)}e\u0301\u0301`, `X${'x'.repeat(58)}é\u0301`],
  ['क्षत्रिय'.repeat(20), 'क्षत्रिय'.repeat(20)],
  [`山の灯台守、${'海辺'.repeat(30)}。`, '山の灯台守'],
  ['حارس المنارة، شيخ', 'حارس المنارة'],
  ['¿Quién es?', '¿Quién es'],
  ['ßtark', 'ßtark'],
  ['ǆungla', 'ǅungla'],
  ['ﬁsher', 'ﬁsher'],
  ['საქართველო', 'საქართველო'],
  ['éclair', 'Éclair'],
])('takes whole characters of %j, and capitals only where there is one', (prompt, name) => {
  expect(avatarName({ prompt })).toBe(name);
});

describe('the names of a batch', () => {
  it('are distinct: a repeated one gets a number that no other has', () => {
    expect(distinctNames(['Archmage', 'Archmage', 'Archmage'])).toEqual(['Archmage', 'Archmage 2', 'Archmage 3']);
    expect(distinctNames(['Mira', 'Vale', 'Mira 2', 'Mira', 'Mira 2'])).toEqual([
      'Mira',
      'Vale',
      'Mira 2',
      'Mira 3',
      'Mira 2 2',
    ]);
    expect(distinctNames([])).toEqual([]);
  });

  it('stay within the limit, whole characters and all', () => {
    const long = `${'x'.repeat(AVATAR_NAME_MAX_LENGTH - 2)}👩‍🎤👩‍🎤`;
    const names = distinctNames(Array.from({ length: 50 }, () => long));
    expect(new Set(names).size).toBe(50);
    expect(Math.max(...names.map(lengthOf))).toBe(AVATAR_NAME_MAX_LENGTH);
    expect(names[1]).toBe(`${'x'.repeat(AVATAR_NAME_MAX_LENGTH - 2)} 2`);
  });

  it('count as derived with their number, unlike a name that a user gave', () => {
    const prompt = 'a lighthouse keeper in a yellow coat';
    const persona = { name: 'Vale' };
    expect(isDerivedName({ name: 'A lighthouse keeper', prompt })).toBe(true);
    expect(isDerivedName({ name: 'A lighthouse keeper 4', prompt })).toBe(true);
    expect(isDerivedName({ name: 'Vale 12', persona, prompt })).toBe(true);
    expect(isDerivedName({ name: 'A lighthouse keeper four', prompt })).toBe(false);
    expect(isDerivedName({ name: 'Keeper 4', prompt })).toBe(false);
    expect(isDerivedName({ prompt })).toBe(false);
  });
});
