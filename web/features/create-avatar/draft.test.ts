import { describe, expect, it } from 'vitest';
import { createGeneration } from '#contract/generation.ts';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import { aGeneration, PRESET } from '#contract/testing/samples.ts';
import { type Draft, draftFromGeneration, newDraft, nextDraft } from './draft.ts';
import { finalPromptParts, toRequest } from './request.ts';

const draft = (changes: Partial<Draft> = {}): Draft => ({ ...newDraft(), seed: 7, ...changes });
const texts = (parts: { text: string }[]) => parts.map(({ text }) => text);

describe('toRequest', () => {
  it('leaves out fields without a choice', () => {
    expect(toRequest(draft({ prompt: '  A knight ', attributes: { gender: 'woman', eyeColor: '  ' } }))).toEqual({
      sourceType: 'text_to_image',
      prompt: 'A knight',
      attributes: { gender: 'woman' },
      options: { seed: 7, aspectRatio: '1:1', quality: 'standard', provider: 'auto' },
    });
  });

  it('sends a preset without the text prompt of the other starting point', () => {
    const request = toRequest(
      draft({ start: 'preset', presetId: PRESET.id, prompt: 'prompt of another starting point' }),
    );
    expect(request).toMatchObject({ sourceType: 'from_preset', presetId: PRESET.id });
    expect(request).not.toHaveProperty('prompt');
  });

  it('returns a valid request of the contract', () => {
    const full = draft({ prompt: 'A knight', name: 'Ser Aldous', style: 'anime', attributes: { ageRange: '40s' } });
    expect(createGeneration.safeParse(toRequest(full)).error).toBeUndefined();
  });
});

describe('finalPromptParts', () => {
  it('names the source of each part', () => {
    const parts = finalPromptParts(
      draft({ prompt: 'A knight', style: 'anime', attributes: { gender: 'woman' } }),
      undefined,
    );
    expect(parts.map(({ from }) => from)).toEqual(['text', 'trait', 'style', 'framing', 'quality']);
  });

  it('uses a preset’s prompt and attributes where the user has none, without framing them twice', () => {
    const parts = finalPromptParts(draft({ start: 'preset', attributes: { gender: 'man' } }), PRESET);
    expect(texts(parts)).toEqual([PRESET.prompt, 'Man in their 40s']);
  });

  it('adds framing to a preset with a chosen style or an own prompt', () => {
    expect(texts(finalPromptParts(draft({ start: 'preset', style: 'clay' }), PRESET))).toContain(
      'Head and shoulders, centered, facing the viewer',
    );
    const own = finalPromptParts(draft({ start: 'preset', presetPrompt: 'A pirate' }), PRESET);
    expect(own[0]).toMatchObject({ from: 'text', text: 'A pirate' });
  });
});

describe('a draft', () => {
  it('gets a new seed for the next avatar unless the seed is locked', () => {
    expect(nextDraft(draft({ seedLocked: true })).seed).toBe(7);
    const seeds = new Set(Array.from({ length: 5 }, () => nextDraft(draft()).seed));
    expect(seeds.size).toBeGreaterThan(1);
  });

  it('restores a whole request for "Edit and retry"', () => {
    const request = {
      name: 'Ser Aldous',
      prompt: 'A knight',
      style: 'anime',
      attributes: { gender: 'man', style: 'anime' },
      options: { seed: 9, quality: 'high', aspectRatio: '3:4', provider: 'flux' },
    } as const;
    const restored = draftFromGeneration(aGeneration({ name: 'Ser Aldous', seed: 9, request }));
    expect(toRequest(restored)).toEqual({
      sourceType: 'text_to_image',
      projectDefaults: false,
      name: 'Ser Aldous',
      prompt: 'A knight',
      style: 'anime',
      attributes: { gender: 'man' },
      options: request.options,
    });
  });

  it('does not restore a name that was derived from the prompt', () => {
    expect(
      draftFromGeneration(
        aGeneration({ name: 'A noir detective', request: { name: 'A noir detective', prompt: 'A noir detective' } }),
      ).name,
    ).toBe('');
  });

  it('has the same final prompt as the API builds', () => {
    const complete = draft({ prompt: 'A knight', style: 'noir', attributes: { hairColor: 'black' } });
    const joined = texts(finalPromptParts(complete, undefined))
      .map((text) => `${text}.`)
      .join(' ');
    expect(joined).toBe(buildPrompt(toRequest(complete)));
  });
});
