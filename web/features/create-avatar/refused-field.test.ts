import { describe, expect, it } from 'vitest';
import { newDraft } from './draft.ts';
import { refusedFieldOf } from './refused-field.ts';

describe('refusedFieldOf', () => {
  it.each([
    ['prompt', 'text', 'prompt'],
    ['prompt', 'preset', 'presetPrompt'],
    ['request.prompt', 'reference', 'referencePrompt'],
    ['persona.personality.2', 'text', 'persona.personality'],
    ['request.persona.background', 'text', 'persona.background'],
    ['items.3.name', 'text', 'name'],
    ['attributes.hairStyle', 'text', 'prompt'],
    [undefined, 'text', 'prompt'],
  ] as const)('maps the path %s of a draft that starts from %s to %s', (path, start, field) => {
    expect(refusedFieldOf(path, { ...newDraft(), start })).toBe(field);
  });
});
