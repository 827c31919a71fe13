import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completions } from './completion.ts';
import { enhancePrompt } from './enhancement.ts';
import { fits } from '../text/characters.ts';
import { PROMPT_MAX_LENGTH as MAX } from './prompt-text.ts';
import { STYLES } from './style.ts';

const enhance = (prompt: string, more: Partial<Parameters<typeof enhancePrompt>[0]> = {}) =>
  enhancePrompt({ prompt, ...more });

describe('enhancing a prompt', () => {
  it('adds framing, light, lens and mood, with a reason for each', () => {
    const { prompt, changes } = enhance('A smith.');
    expect(prompt).toBe(
      'A smith, head and shoulders, soft window light, portrait photograph with an 85mm lens, calm, thoughtful expression',
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['framing', 'light', 'medium', 'mood']);
    expect(changes.every(({ reason }) => reason.length > 0)).toBe(true);
  });

  it('adds only missing aspects, and never changes the given text', () => {
    expect(enhance('Close-up of a laughing smith by candlelight, oil painting')).toEqual({
      prompt: 'Close-up of a laughing smith by candlelight, oil painting',
      changes: [],
    });
    expect(enhance('A stern smith, watercolour').changes.map(({ kind }) => kind)).toEqual(['framing', 'light']);
  });

  it('uses the light that suits the style, and adds no lens', () => {
    const { prompt } = enhance('a smith', { attributes: { style: 'noir' } });
    expect(prompt).toBe('a smith, head and shoulders, hard light through window blinds, calm, thoughtful expression');
    expect(enhance('a smith', { style: 'anime', attributes: { style: 'noir' } }).prompt).toContain('clear, even light');
  });

  it('is idempotent, retains the text, and respects the length limit for random input', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: MAX }),
      fc.constantFrom('a smith', 'x'.repeat(MAX - 25), `${'long '.repeat(190)}end`, 'حدّاد', '👩🏽‍🎨', 'light', '...'),
    );
    fc.assert(
      fc.property(texts, fc.option(fc.constantFrom(...STYLES), { nil: undefined }), (text, style) => {
        fc.pre(fits(text, MAX));
        const once = enhance(text, { style });
        expect(enhance(once.prompt, { style })).toEqual({ prompt: once.prompt, changes: [] });
        expect(fits(once.prompt, MAX)).toBe(true);
        expect(once.prompt.startsWith(text.replace(/[\s.,;]+$/u, ''))).toBe(true);
      }),
    );
  });
});

describe('completing a prompt', () => {
  const prompts = (text: string) => completions(text, undefined).map(({ prompt }) => prompt);

  it('completes the phrase that is being typed', () => {
    expect(prompts('a smith, rim')[0]).toBe('a smith, rim light against a dark background');
    expect(prompts('a smith, HEAD')[0]).toBe('a smith, head and shoulders');
  });

  it('suggests missing aspects, and nothing for an empty text', () => {
    expect(prompts('a smith')).toContain('a smith, soft window light');
    expect(prompts('a smith in soft window light').some((prompt) => prompt.includes('golden'))).toBe(false);
    expect(prompts('')).toEqual([]);
  });

  it('suggests nothing twice and nothing that exceeds the length limit', () => {
    const long = 'y'.repeat(MAX - 5);
    expect(prompts(long)).toEqual([]);
    const offered = prompts('a smith, so');
    expect(new Set(offered).size).toBe(offered.length);
  });
});
