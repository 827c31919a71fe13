import { describe, expect, it } from 'vitest';
import { buildPrompt } from '../prompt/prompt-builder.ts';
import { type ReferenceSource, type RequestBody, resolveRequest, type Sources } from './resolve-request.ts';

const PRESET_ID = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a6f';
const PRESET = {
  name: 'Ranger',
  prompt: 'A ranger at dusk',
  personaTemplate: { age: 40, background: 'walks the border' },
  attributes: { style: 'fantasy', hairStyle: 'long' },
} as const satisfies Sources['preset'];
const promptOf = (body: RequestBody, sources: Sources) => buildPrompt(resolveRequest(body, sources).promptRequest);
const fromPreset = { sourceType: 'from_preset', presetId: PRESET_ID } as const;
const TEXT_REQUEST = { sourceType: 'text_to_image', prompt: 'a quiet woman with a very long story' } as const;

describe('resolveRequest', () => {
  it('names the avatar after the body, the persona, the preset or the prompt, in this order', () => {
    const names = [
      resolveRequest({ ...fromPreset, name: 'Mine', persona: { name: 'Ada' } }, { preset: PRESET }),
      resolveRequest({ ...fromPreset, persona: { name: 'Ada' } }, { preset: PRESET }),
      resolveRequest(fromPreset, { preset: PRESET }),
      resolveRequest(TEXT_REQUEST),
    ].map(({ request }) => request.name);
    expect(names).toEqual(['Mine', 'Ada', 'Ranger', 'A quiet woman']);
  });

  it('gives the body precedence over the preset, field by field', () => {
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

  it('uses the framing of the preset only without another prompt or style', () => {
    expect(promptOf(fromPreset, { preset: PRESET })).toBe('A ranger at dusk. Long hair.');
    expect(promptOf({ ...fromPreset, style: 'noir' }, { preset: PRESET })).toContain('Head and shoulders');
    expect(promptOf({ ...fromPreset, prompt: 'a thief' }, { preset: PRESET })).toContain('Head and shoulders');
  });
});

describe('resolveRequest with project defaults', () => {
  const defaults = {
    style: 'watercolor',
    attributes: { hairStyle: 'shaved', ageRange: '40s' },
    persona: { age: 45, background: 'a regular', personality: ['loud'] },
  } satisfies Sources['defaults'];

  it('fills the fields that the body omits', () => {
    const { request, promptRequest } = resolveRequest({ ...TEXT_REQUEST, persona: { age: 30 } }, { defaults });
    expect(request).toMatchObject({
      style: 'watercolor',
      attributes: defaults.attributes,
      persona: { age: 30, background: 'a regular' },
    });
    expect(buildPrompt(promptRequest)).toContain('Loud expression');
  });

  it('gives the preset precedence for attributes and persona, and the defaults precedence for the style', () => {
    const { request, promptRequest } = resolveRequest(fromPreset, { preset: PRESET, defaults });
    expect(request).toMatchObject({
      style: 'watercolor',
      attributes: { hairStyle: 'long', ageRange: '40s' },
      persona: { age: 40, background: 'walks the border', personality: ['loud'] },
    });
    expect(buildPrompt(promptRequest)).toContain('Head and shoulders');
  });

  it('ignores them when the body opts out of them', () => {
    const { request } = resolveRequest({ ...TEXT_REQUEST, projectDefaults: false }, { defaults });
    expect(request).toEqual({ ...TEXT_REQUEST, name: 'A quiet woman', persona: {}, attributes: {} });
  });

  it('gives the varied avatar precedence over the defaults', () => {
    const body = { sourceType: 'from_reference', mode: 'variation', reference: { avatarId: PRESET_ID } } as const;
    const { request } = resolveRequest(body, { reference: SOURCE, defaults });
    expect(request.style).toBe(SOURCE.style);
    expect(request.persona).toMatchObject(SOURCE.persona);
  });
});

const SOURCE: ReferenceSource = {
  name: 'Ysolde',
  seed: 41,
  style: 'fantasy',
  attributes: { gender: 'woman', hairColor: 'silver', style: 'fantasy' },
  persona: { name: 'Ysolde', personality: ['wry'] },
  prompt: 'an archmage in a tower',
};
const avatarId = '33333333-3333-4333-8333-333333333333';
const fromReference = { sourceType: 'from_reference', reference: { avatarId } } as const;

describe('resolveRequest with a reference', () => {
  it('takes prompt, attributes, persona and style of a variation from the original', () => {
    const { request, promptRequest } = resolveRequest({ ...fromReference, mode: 'variation' }, { reference: SOURCE });
    expect(request).toMatchObject({
      name: 'Ysolde',
      prompt: 'an archmage in a tower',
      style: 'fantasy',
      persona: SOURCE.persona,
      attributes: SOURCE.attributes,
      mode: 'variation',
      reference: { avatarId, seed: 41 },
    });
    expect(buildPrompt(promptRequest)).toContain(
      'Portrait of Ysolde. an archmage in a tower. Woman, silver hair. Wry expression.',
    );
  });

  it('keeps the person of a restyled image and starts the prompt with the new style', () => {
    const body = { ...fromReference, mode: 'style', style: 'clay' } as const;
    const { request, promptRequest } = resolveRequest(body, { reference: SOURCE });
    expect(request).toMatchObject({ style: 'clay', mode: 'style' });
    expect(buildPrompt(promptRequest)).toMatch(/^Stop-motion clay .* while keeping the same facial features/);
  });

  it('takes only the attributes of a mere reference, and the prompt of the body', () => {
    const { request, promptRequest } = resolveRequest({ ...fromReference, prompt: 'a pirate' }, { reference: SOURCE });
    expect(request).toMatchObject({ name: 'A pirate', persona: {}, attributes: SOURCE.attributes, mode: 'reference' });
    expect(buildPrompt(promptRequest)).toMatch(/^The same person as in the image, with the same face. a pirate\./);
  });

  it('takes everything from the body when the reference is an upload', () => {
    const upload = { ...SOURCE, name: null, seed: null, style: null, attributes: {}, persona: {}, prompt: null };
    const { request } = resolveRequest(
      { sourceType: 'from_reference', reference: { uploadId: avatarId }, attributes: { hairColor: 'red' } },
      { reference: upload },
    );
    expect(request).toMatchObject({ attributes: { hairColor: 'red' }, reference: { uploadId: avatarId } });
    expect(request.prompt).toBeUndefined();
  });
});

describe('the origin of a reference', () => {
  const origin = (seed: number | null, isPhotographic?: boolean) => {
    const reference = { ...SOURCE, seed, ...(isPhotographic !== undefined && { isPhotographic }) };
    return resolveRequest({ ...fromReference, mode: 'variation' }, { reference }).request.reference;
  };

  it('is stored as far as it is known', () => {
    expect(origin(7, true)).toEqual({ avatarId, seed: 7, isPhotographic: true });
    expect(origin(0, false)).toEqual({ avatarId, seed: 0, isPhotographic: false });
    expect(origin(null)).toEqual({ avatarId });
  });
});
