import { describe, expect, it } from 'vitest';
import { createGeneration } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { resolveRequest } from '#domain/generation/resolve-request.ts';
import { buildPrompt, finalParts } from '#domain/prompt/prompt-builder.ts';
import { aGeneration, anAvatar, PRESET } from '#contract/testing/samples.ts';
import { type Draft, draftFromAvatar, draftFromGeneration, newDraft, nextDraft } from './draft.ts';
import { finalPromptParts, isReady, toRequest } from './request.ts';

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

  it('restores a style that was given as an attribute, but leaves a preset’s own to the preset', () => {
    const styled = { prompt: 'A knight', attributes: { style: 'anime' } } as const;
    expect(draftFromGeneration(aGeneration({ request: styled })).style).toBe('anime');
    expect(draftFromGeneration(aGeneration({ request: { ...styled, presetId: PRESET.id } })).style).toBe('');
  });
});

describe('the final prompt of a draft', () => {
  const defaults = {
    style: 'anime',
    attributes: { ageRange: '40s' },
    persona: { personality: ['loud'] },
  } satisfies ProjectDefaults;
  const promptOf = (of: Draft) => texts(finalParts(finalPromptParts(of, PRESET, defaults))).join(' ');

  it.each([
    ['a text', { prompt: 'A knight', attributes: { hairColor: 'black' } }],
    ['a prompt that ends in another script', { prompt: '騎士。' }],
    ['a prompt with which not every part fits', { prompt: 'x'.repeat(990), name: 'Ser Aldous' }],
    ['a project whose defaults are switched off', { prompt: 'A knight', projectDefaults: false }],
  ])('is the one that the API builds from %s', (_what, changes) => {
    const of = draft(changes);
    expect(promptOf(of)).toBe(buildPrompt(resolveRequest(toRequest(of), { defaults }).promptRequest));
  });

  it('contains the style, persona and attributes of a varied avatar before those of the project', () => {
    const avatar = anAvatar({ persona: { name: 'Vera', personality: ['wry'] }, attributes: { style: 'noir' } });
    expect(promptOf(draftFromAvatar(avatar, 'variation'))).toBe(
      'Portrait of Vera. Person in their 40s. Wry expression. Black and white film portrait with window-blind shadows. ' +
        'Head and shoulders, centered, facing the viewer. Sharp focus on the eyes.',
    );
  });
});

describe('isReady', () => {
  it.each([
    ['no prompt', {}, false],
    ['a prompt', { prompt: 'A knight' }, true],
    [
      'a persona that the API would refuse',
      { prompt: 'A knight', persona: { ...newDraft().persona, age: '7' } },
      false,
    ],
    ['no preset yet', { start: 'preset' }, false],
    ['no image yet', { start: 'reference' }, false],
  ] as const)('for a draft with %s', (_what, changes, ready) => {
    expect(isReady(draft(changes))).toBe(ready);
  });
});
