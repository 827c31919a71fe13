import { expect, it } from 'vitest';
import { avatarName } from './avatar-name.ts';

it('takes the name given, else the persona’s, else the first words', () => {
  expect(avatarName({ name: ' Mira ', persona: { name: 'Vale' }, prompt: 'x' })).toBe('Mira');
  expect(avatarName({ persona: { name: 'Vale' }, prompt: 'x' })).toBe('Vale');
  expect(avatarName({ prompt: 'a lighthouse keeper, in a yellow coat' })).toBe('a lighthouse keeper, in a');
});

it('is never empty and never long', () => {
  expect(avatarName({})).toBe('Untitled avatar');
  expect(avatarName({ prompt: ' ,.; ' })).toBe('Untitled avatar');
  expect([...avatarName({ prompt: '👩‍🎤'.repeat(200) })].length).toBeLessThanOrEqual(60);
});
