import { describe, expect, it } from 'vitest';
import type { ProjectDefaults } from '#contract/project.ts';
import type { Preset } from '#drizzle/queries/avatars/presets.ts';
import type { ReferenceSource } from '#drizzle/queries/avatars/references.ts';
import type { ApiProblem } from '../problem.ts';
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
    expect(resolveRequest(fromPreset, { preset: PRESET }).builtPrompt).toBe('A ranger at dusk. Long hair.');
    expect(resolveRequest({ ...fromPreset, style: 'noir' }, { preset: PRESET }).builtPrompt).toContain(
      'Head and shoulders',
    );
    expect(resolveRequest({ ...fromPreset, prompt: 'a thief' }, { preset: PRESET }).builtPrompt).toContain(
      'Head and shoulders',
    );
  });
});

describe('resolveRequest with project defaults', () => {
  const defaults = {
    style: 'watercolor',
    attributes: { hairStyle: 'shaved', ageRange: '40s' },
    persona: { age: 45, background: 'a regular', personality: ['loud'] },
  } as const satisfies ProjectDefaults;

  it('fills the fields that the body omits', () => {
    const { request, builtPrompt } = resolveRequest({ ...TEXT_REQUEST, persona: { age: 30 } }, { defaults });
    expect(request).toMatchObject({
      style: 'watercolor',
      attributes: defaults.attributes,
      persona: { age: 30, background: 'a regular' },
    });
    expect(builtPrompt).toContain('Loud expression');
  });

  it('gives the preset precedence for attributes and persona, and the defaults precedence for the style', () => {
    const { request, builtPrompt } = resolveRequest(fromPreset, { preset: PRESET, defaults });
    expect(request).toMatchObject({
      style: 'watercolor',
      attributes: { hairStyle: 'long', ageRange: '40s' },
      persona: { age: 40, background: 'walks the border', personality: ['loud'] },
    });
    expect(builtPrompt).toContain('Head and shoulders');
  });

  it('gives the varied avatar precedence over the defaults', () => {
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
const fromReference = { sourceType: 'from_reference', reference: { avatarId } } as const;

describe('resolveRequest with a reference', () => {
  it('takes prompt, attributes, persona and style of a variation from the original', () => {
    const { request, builtPrompt } = resolveRequest({ ...fromReference, mode: 'variation' }, { reference: SOURCE });
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

  it('keeps the person of a restyled image and starts the prompt with the new style', () => {
    const body = { ...fromReference, mode: 'style', style: 'clay' } as const;
    const { request, builtPrompt } = resolveRequest(body, { reference: SOURCE });
    expect(request).toMatchObject({ style: 'clay', mode: 'style' });
    expect(builtPrompt).toMatch(/^Stop-motion clay .* while keeping the same facial features/);
  });

  it('takes only the attributes of a mere reference, and the prompt of the body', () => {
    const { request, builtPrompt } = resolveRequest({ ...fromReference, prompt: 'a pirate' }, { reference: SOURCE });
    expect(request).toMatchObject({ name: 'A pirate', persona: {}, attributes: SOURCE.attributes, mode: 'reference' });
    expect(builtPrompt).toMatch(/^The same person as in the image, with the same face. a pirate\./);
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

describe('planFor', () => {
  it('puts the best configured provider first and the illustrator last', () => {
    const { plan } = planFor({ options: undefined }, ['replicate', 'illustrator']);
    expect(plan.length).toBeGreaterThan(1);
    expect(plan[0]?.provider).toBe('replicate');
    expect(plan.at(-1)?.provider).toBe('illustrator');
  });

  it('throws a conflict when the requested provider is not configured and fallback is not allowed', () => {
    const plan = () => planFor({ options: { provider: 'sd', allowFallback: false } }, ['illustrator']);
    expect(plan).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  it.each([
    ['another provider', { provider: 'sd' }, 'choose another one'],
    ['fallback', { allowFallback: false }, 'allow fallback'],
    ['both', { provider: 'sd', allowFallback: false }, 'choose another one or allow fallback'],
  ] as const)('suggests %s only where the request rules it out', (_what, options, advice) => {
    const message = `no available provider supports this request: ${advice}`;
    const details = expect.objectContaining({ errors: [{ path: 'options.provider', message }] });
    expect(() => planFor({ options }, [])).toThrow(expect.objectContaining({ details }));
  });

  it('does not suggest fallback for an open circuit when it is allowed', () => {
    const until = new Date(Date.now() + 60_000);
    const openCircuits = [{ provider: 'replicate', model: null, until }] as const;
    const detail = (allowFallback: boolean) => {
      try {
        planFor({ options: { provider: 'flux', allowFallback } }, ['replicate'], { openCircuits });
      } catch (error) {
        return (error as ApiProblem).details.detail;
      }
    };
    expect(detail(true)).toMatch(/try again later$/);
    expect(detail(false)).toMatch(/try again later or allow fallback$/);
  });
});

describe('secondsToMidnightUtc', () => {
  it.each([
    ['2026-11-23T00:00:00.000Z', 86_400],
    ['2026-11-23T23:59:59.500Z', 1],
    ['2026-12-31T12:00:00.000Z', 43_200],
  ])('counts from %s', (now, seconds) => {
    expect(secondsToMidnightUtc(new Date(now))).toBe(seconds);
  });
});
