import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planProviders, type ProviderPlanInput } from './provider-plan.ts';
import { modelOf, OPTIMIZE_FOR, PROVIDER_CHOICES, QUALITIES, type ProviderName } from './provider.ts';

const INPUT: ProviderPlanInput = { choice: 'auto', optimizeFor: 'quality', quality: 'standard', allowFallback: true };
const BOTH: ProviderName[] = ['replicate', 'illustrator'];
const labels = (input: Partial<ProviderPlanInput>, available = BOTH) =>
  planProviders({ ...INPUT, ...input }, available).plan.map(({ provider, model }) => modelOf(provider, model)?.label);

describe('the provider plan', () => {
  it('is the illustrator alone when nothing else is configured', () => {
    expect(labels({}, ['illustrator'])).toEqual(['Illustrator']);
  });

  it('starts with the model of the requested quality and ends with the illustrator', () => {
    expect(labels({ quality: 'standard' })[0]).toBe('FLUX.1 [dev]');
    expect(labels({ quality: 'high' })[0]).toBe('FLUX1.1 [pro]');
    expect(labels({ quality: 'draft' })[0]).toBe('FLUX.1 [schnell]');
    expect(labels({}).at(-1)).toBe('Illustrator');
  });

  it('starts with the cheapest or the fastest model when optimized for cost or speed', () => {
    expect(labels({ optimizeFor: 'cost' })[0]).toBe('FLUX.1 [schnell]');
    expect(labels({ optimizeFor: 'speed', quality: 'high' })[0]).toBe('FLUX.1 [schnell]');
  });

  it('has one candidate when no fallback is allowed', () => {
    expect(labels({ allowFallback: false })).toEqual(['FLUX.1 [dev]']);
  });

  it('is the illustrator alone when it was requested', () => {
    expect(labels({ choice: 'illustrator' })).toEqual(['Illustrator']);
  });

  it('is empty when no provider has the requested family and no fallback is allowed', () => {
    expect(labels({ choice: 'sd', allowFallback: false })).toEqual([]);
    expect(labels({ choice: 'sd' })).toEqual(['Illustrator']);
  });

  it('starts with a model suited to the mode, and omits models that do not support it', () => {
    expect(labels({ mode: 'reference' })).toEqual(['FLUX.1 Kontext [pro]', 'FLUX1.1 [pro]', 'Illustrator']);
    expect(labels({ mode: 'style' })).toEqual(['FLUX.1 Kontext [pro]', 'Illustrator']);
    expect(labels({ mode: 'variation' })).toEqual([
      'FLUX.1 Redux [dev]',
      'FLUX.1 Redux [schnell]',
      'FLUX.1 [dev]',
      'Illustrator',
    ]);
    expect(labels({ mode: 'variation', optimizeFor: 'cost' })[0]).toBe('FLUX.1 Redux [schnell]');
  });

  it('starts with a model that supports strength when one is given', () => {
    expect(labels({ mode: 'variation', hasStrength: true })[0]).toBe('FLUX.1 [dev]');
  });

  it('contains no candidate twice, and none that is not configured', () => {
    const requests = fc.record({
      choice: fc.constantFrom(...PROVIDER_CHOICES),
      optimizeFor: fc.constantFrom(...OPTIMIZE_FOR),
      quality: fc.constantFrom(...QUALITIES),
      allowFallback: fc.boolean(),
    });
    fc.assert(
      fc.property(requests, fc.subarray(BOTH), (input, available) => {
        const { plan } = planProviders(input, available);
        const names = plan.map(({ provider, model }) => `${provider}/${model}`);
        expect(new Set(names).size).toBe(names.length);
        expect(plan.every(({ provider }) => available.includes(provider))).toBe(true);
        expect(plan.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
