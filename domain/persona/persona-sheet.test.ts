import { describe, expect, it } from 'vitest';
import { ATTRIBUTE_NAMES, suggestionsOf, valuesOf } from './attributes.ts';
import { personaLines } from './persona-sheet.ts';

describe('a persona sheet', () => {
  it('has personality, appearance and style', () => {
    const persona = { age: 61, personality: ['wry', 'patient'] };
    const lines = personaLines({ persona, attributes: { gender: 'woman' }, style: 'noir' });
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('61 years old, wry, patient');
    expect(lines[1]).toBe('Woman');
    expect(lines[2]).toMatch(/noir/i);
  });

  it('omits what is not known', () => {
    expect(personaLines({ persona: {}, attributes: {}, style: null })).toEqual([]);
    expect(personaLines({ persona: { personality: ['wry'] }, attributes: {}, style: null })).toEqual(['Wry']);
    expect(personaLines({ persona: { age: 30 }, attributes: {}, style: null })).toEqual(['30 years old']);
  });
});

describe('the attributes', () => {
  it('have either a closed list of values, which a picker offers, or any text with suggestions', () => {
    expect(valuesOf('gender')).toEqual(['woman', 'man', 'nonbinary']);
    expect(suggestionsOf('gender')).toEqual([{ value: 'woman' }, { value: 'man' }, { value: 'nonbinary' }]);
    expect(valuesOf('hairColor')).toBeNull();
    expect(suggestionsOf('hairColor')[0]).toEqual({ value: 'black', hex: '#1f1a17' });
    expect(suggestionsOf('ethnicity')).toEqual([]);
    expect(ATTRIBUTE_NAMES.filter((name) => valuesOf(name) !== null)).toEqual(['gender', 'ageRange']);
  });
});
