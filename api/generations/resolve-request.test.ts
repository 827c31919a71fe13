import { describe, expect, it } from 'vitest';
import type { ProjectDefaults } from '#contract/project.ts';
import type { Preset } from '#drizzle/queries/avatars/presets.ts';
import type { ReferenceSource } from '#drizzle/queries/avatars/references.ts';
import { secondsToMidnightUtc } from './admit.ts';
import { planFor } from './choose-providers.ts';
import { resolveRequest } from './resolve-request.ts';

const PRESET: Preset = {
  id: '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a6f',
  accountId: null,
  category: 'Fantasy',
  name: 'Ranger',
  prompt: 'A ranger at dusk',
  personaTemplate: { age: 40, background: 'walks the border' },
  attributes: { style: 'fantasy', hairStyle: 'long' },
  previewObject: null,
  usageCount: 0,
  position: 1,
  requestHash: null,
  createdAt: new Date(0),
};
const fromPreset = { sourceType: 'from_preset', presetId: PRESET.id } as const;
const LABELS = { sourceType: 'text_to_image', prompt: 'a quiet woman with a very long story' } as const;

describe('a request', () => {
  it('takes its name from the body, the persona, the preset or the prompt, in this order', () => {
    const names = [
      resolveRequest({ ...fromPreset, name: 'Mine', persona: { name: 'Ada' } }, { preset: PRESET }),
      resolveRequest({ ...fromPreset, persona: { name: 'Ada' } }, { preset: PRESET }),
      resolveRequest(fromPreset, { preset: PRESET }),
      resolveRequest(LABELS),
    ].map(({ request }) => request.name);
    expect(names).toEqual(['Mine', 'Ada', 'Ranger', 'A quiet woman']);
  });

  it('keeps its own prompt over the preset, field by field', () => {
    const { request } = resolveRequest(
      { ...fromPreset, persona: { age: 60 }, attributes: { hairStyle: 'bun' } },
      { preset: PRESET },
    );
    expect(request).toMatchObject({
      prompt: 'A ranger at dusk',
      persona: { age: 60, background: 'walks the border' },
      attributes: { style: 'fantasy', hairStyle: 'bun' },
    });
  });

  it('of a preset alone is painted as the preset says; other prompt or another style get our framing', () => {
    expect(resolveRequest(fromPreset, { preset: PRESET }).builtPrompt).toBe('A ranger at dusk. Long hair.');
    expect(resolveRequest({ ...fromPreset, style: 'noir' }, { preset: PRESET }).builtPrompt).toContain(
      'Head and shoulders',
    );
    expect(resolveRequest({ ...fromPreset, prompt: 'a thief' }, { preset: PRESET }).builtPrompt).toContain(
      'Head and shoulders',
    );
  });
});

describe("a project's defaults", () => {
  const defaults = {
    style: 'watercolor',
    attributes: { hairStyle: 'shaved', ageRange: '40s' },
    persona: { age: 45, background: 'a regular', personality: ['loud'] },
  } as const satisfies ProjectDefaults;

  it('fill what prompt leave out', () => {
    const { request, builtPrompt } = resolveRequest({ ...LABELS, persona: { age: 30 } }, { defaults });
    expect(request).toMatchObject({
      style: 'watercolor',
      attributes: defaults.attributes,
      persona: { age: 30, background: 'a regular' },
    });
    expect(builtPrompt).toContain('Loud expression');
  });

  it('come after the preset in how somebody looks and is, and before it in how they are drawn', () => {
    const { request, builtPrompt } = resolveRequest(fromPreset, { preset: PRESET, defaults });
    expect(request).toMatchObject({
      style: 'watercolor',
      attributes: { hairStyle: 'long', ageRange: '40s' },
      persona: { age: 40, background: 'walks the border', personality: ['loud'] },
    });
    expect(builtPrompt).toContain('Head and shoulders');
  });

  it('come after the image that is varied', () => {
    const body = { sourceType: 'from_reference', mode: 'variation', reference: { avatarId: PRESET.id } } as const;
    const { request } = resolveRequest(body, { reference: SOURCE, defaults });
    expect(request.style).toBe(SOURCE.style);
    expect(request.persona).toMatchObject(SOURCE.persona);
  });
});

const SOURCE: ReferenceSource = {
  object: 'avatars/a/b/image.webp',
  name: 'Ysolde',
  seed: 41,
  style: 'fantasy',
  attributes: { gender: 'woman', hairColor: 'silver', style: 'fantasy' },
  persona: { name: 'Ysolde', personality: ['wry'] },
  prompt: 'an archmage in a tower',
};
const avatarId = '33333333-3333-4333-8333-333333333333';
const beginning = { sourceType: 'from_reference', reference: { avatarId } } as const;

describe('a request that begins with an image', () => {
  it('varies the same person: prompt, looks, persona and style are those of the original', () => {
    const { request, builtPrompt } = resolveRequest({ ...beginning, mode: 'variation' }, { reference: SOURCE });
    expect(request).toMatchObject({
      name: 'Ysolde',
      prompt: 'an archmage in a tower',
      style: 'fantasy',
      persona: SOURCE.persona,
      attributes: SOURCE.attributes,
      mode: 'variation',
      reference: { avatarId, seed: 41 },
    });
    expect(builtPrompt).toContain('Portrait of Ysolde. an archmage in a tower. Woman, silver hair. Wry expression.');
  });

  it('draws the same person in the new style, told first', () => {
    const body = { ...beginning, mode: 'style', style: 'clay' } as const;
    const { request, builtPrompt } = resolveRequest(body, { reference: SOURCE });
    expect(request).toMatchObject({ style: 'clay', mode: 'style' });
    expect(builtPrompt).toMatch(/^Stop-motion clay .* while keeping the same facial features/);
  });

  it('that only follows it keeps the looks but not the persona, and says its own prompt', () => {
    const { request, builtPrompt } = resolveRequest({ ...beginning, prompt: 'a pirate' }, { reference: SOURCE });
    expect(request).toMatchObject({ name: 'A pirate', persona: {}, attributes: SOURCE.attributes, mode: 'reference' });
    expect(builtPrompt).toMatch(/^The same person as in the image, with the same face. a pirate\./);
  });

  it('as an upload has no facts but what the body says', () => {
    const upload = { ...SOURCE, name: null, seed: null, style: null, attributes: {}, persona: {}, prompt: null };
    const { request } = resolveRequest(
      { sourceType: 'from_reference', reference: { uploadId: avatarId }, attributes: { hairColor: 'red' } },
      { reference: upload },
    );
    expect(request).toMatchObject({ attributes: { hairColor: 'red' }, reference: { uploadId: avatarId } });
    expect(request.prompt).toBeUndefined();
  });
});

describe('the plan', () => {
  it('begins with the best configured provider and ends with the illustrator', () => {
    const { plan } = planFor({ options: undefined }, ['replicate', 'illustrator']);
    expect(plan.length).toBeGreaterThan(1);
    expect(plan[0]?.provider).toBe('replicate');
    expect(plan.at(-1)?.provider).toBe('illustrator');
  });

  it('can not be made with nobody to paint', () => {
    const plan = () => planFor({ options: { provider: 'sd', allowFallback: false } }, ['illustrator']);
    expect(plan).toThrow(expect.objectContaining({ code: 'conflict' }));
  });
});

describe('the next day', () => {
  it.each([
    ['2026-11-23T00:00:00.000Z', 86_400],
    ['2026-11-23T23:59:59.500Z', 1],
    ['2026-12-31T12:00:00.000Z', 43_200],
  ])('is so many seconds after %s', (now, seconds) => {
    expect(secondsToMidnightUtc(new Date(now))).toBe(seconds);
  });
});
