import { expect, it } from 'vitest';
import { avatarName } from './avatar-name.ts';

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
  expect([...avatarName({ prompt: '👩‍🎤'.repeat(200) })].length).toBeLessThanOrEqual(60);
});
