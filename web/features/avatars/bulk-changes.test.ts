import { describe, expect, it } from 'vitest';
import { anAvatar } from '#contract/testing/samples.ts';
import { attributeChanges, undoing, withAttributes, withFavorite } from './bulk-changes.ts';
import { renamed } from './renamed.ts';

const ADA = anAvatar({ id: 'ada', name: 'Ada', favorite: true, attributes: { gender: 'woman', style: 'noir' } });
const BRAM = anAvatar({ id: 'bram', name: 'Bram', favorite: false, attributes: {} });
const BOTH = [ADA, BRAM];

describe('changes of many avatars', () => {
  it('number a common name in the order shown', () => {
    expect(renamed(BOTH, 'Guard').map(({ name }) => name)).toEqual(['Guard', 'Guard 2']);
    expect(renamed([ADA], 'Guard').map(({ name }) => name)).toEqual(['Guard']);
  });

  it('set what was chosen, clear what was chosen to be any, and leave the rest', () => {
    expect(attributeChanges({ gender: 'woman', hairColor: '', ethnicity: ' Sami ', eyeColor: undefined })).toEqual({
      gender: 'woman',
      hairColor: null,
      ethnicity: 'Sami',
    });
  });

  it('are undone by what each avatar was before, and only in the fields that changed', () => {
    expect(undoing(renamed(BOTH, 'Guard'), BOTH)).toEqual([
      { id: 'ada', name: 'Ada' },
      { id: 'bram', name: 'Bram' },
    ]);
    expect(undoing(withFavorite(BOTH, true), BOTH)).toEqual([
      { id: 'ada', favorite: true },
      { id: 'bram', favorite: false },
    ]);
    expect(undoing(withAttributes(BOTH, { gender: 'man', hairColor: 'black' }), BOTH)).toEqual([
      { id: 'ada', attributes: { gender: 'woman', hairColor: null } },
      { id: 'bram', attributes: { gender: null, hairColor: null } },
    ]);
  });
});
