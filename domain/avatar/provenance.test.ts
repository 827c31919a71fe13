import { describe, expect, it } from 'vitest';
import { isPhotographic, type Origin, provenanceOf } from './provenance.ts';

const CREATED = new Date('2026-11-28T12:00:09Z');
const origin = (of: Partial<Origin>): Origin => ({
  provider: 'replicate',
  model: 'black-forest-labs/flux-schnell',
  recipe: { reference: null, generatedAt: '2026-11-28T12:00:00.000Z' },
  createdAt: CREATED,
  ...of,
});
const from = (reference: NonNullable<Origin['recipe']>['reference']) => ({ recipe: { reference } });
const code = (of: Partial<Origin>) => provenanceOf(origin(of))?.digitalSourceType.split('/').at(-1);

describe('provenanceOf', () => {
  it('names the model, and the time at which the generation began', () => {
    expect(provenanceOf(origin({}))).toEqual({
      digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
      creatorTool: 'Avatar Studio (FLUX.1 [schnell])',
      createdAt: new Date('2026-11-28T12:00:00Z'),
    });
    expect(provenanceOf(origin(from(null)))?.createdAt).toEqual(CREATED);
  });

  it.each([
    ['a text', {}, 'trainedAlgorithmicMedia'],
    ['an upload', from({ seed: null, isPhotographic: true }), 'compositeWithTrainedAlgorithmicMedia'],
    ['an upload, before that was stored', from({ seed: null }), 'compositeWithTrainedAlgorithmicMedia'],
    ['an avatar that shows an upload', from({ seed: 7, isPhotographic: true }), 'compositeWithTrainedAlgorithmicMedia'],
    ['a generated avatar', from({ seed: 7, isPhotographic: false }), 'trainedAlgorithmicMedia'],
    [
      'an upload, by the illustrator',
      { ...from({ seed: null }), provider: 'illustrator' as const },
      'algorithmicMedia',
    ],
    ['a text, by the illustrator', { provider: 'illustrator' as const }, 'algorithmicMedia'],
  ])('classifies an image generated from %s', (_, of, expected) => {
    expect(code(of)).toBe(expected);
  });

  it('claims nothing of an upload, which may be a photograph', () => {
    const upload = origin({ provider: null, model: null, recipe: null });
    expect(provenanceOf(upload)).toBeNull();
    expect(isPhotographic(upload)).toBe(true);
  });
});
