import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILT_PROMPT_MAX_LENGTH, buildPrompt, promptParts } from './prompt-builder.ts';

describe('the built prompt', () => {
  it('says the words, the traits, the style and the framing, in that order', () => {
    const prompt = buildPrompt({
      prompt: 'A tavern keeper with tired eyes',
      style: 'anime',
      attributes: { gender: 'woman', ageRange: '40s', hairColor: 'auburn', hairStyle: 'bob', skinTone: 'tan' },
    });
    expect(prompt).toBe(
      'A tavern keeper with tired eyes. Woman in their 40s, tan skin, auburn bob hair. Clean cel-shaded anime portrait. Head and shoulders, centred, facing the viewer.',
    );
  });

  it('says where each part comes from', () => {
    const parts = promptParts({ prompt: 'a smith', style: 'noir', attributes: { eyeColor: 'grey' } });
    expect(parts.map(({ from }) => from)).toEqual(['words', 'trait', 'style', 'framing']);
  });

  it('repeats neither style nor framing where a preset brings its own', () => {
    expect(buildPrompt({ prompt: 'Oil portrait, velvet drapery.', style: 'classical', framed: true })).toBe(
      'Oil portrait, velvet drapery.',
    );
  });

  it('says what is there, never what is not', () => {
    expect(buildPrompt({ prompt: 'a monk', attributes: { hairStyle: 'none' } })).toContain('Shaved head');
    expect(buildPrompt({ prompt: 'a monk', attributes: { hairStyle: 'none' } })).not.toMatch(/\bno(ne)?\b/i);
  });

  it('begins a sentence about an unnamed gender with a person', () => {
    expect(buildPrompt({ prompt: 'x', attributes: { ageRange: '60+' } })).toContain('Person over 60');
  });

  it('works from nothing at all', () => {
    expect(buildPrompt({})).toBe('Head and shoulders, centred, facing the viewer.');
  });

  it('is bounded and the same every time, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3_000 }), (prompt) => {
        const built = buildPrompt({ prompt });
        expect(built.length).toBeLessThanOrEqual(BUILT_PROMPT_MAX_LENGTH);
        expect(buildPrompt({ prompt })).toBe(built);
      }),
    );
  });
});
