import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planProviders, type ProviderPlanInput } from './provider-plan.ts';
import { modelOf, OPTIMIZE_FOR, PROVIDER_CHOICES, QUALITIES, type ProviderName } from './provider.ts';

const INPUT: ProviderPlanInput = { choice: 'auto', optimizeFor: 'quality', quality: 'standard', allowFallback: true };
const BOTH: ProviderName[] = ['replicate', 'illustrator'];
const labels = (input: Partial<ProviderPlanInput>, available = BOTH) =>
  planProviders({ ...INPUT, ...input }, available).plan.map(({ provider, model }) => modelOf(provider, model)?.label);

describe('the plan of providers', () => {
  it('is the illustrator alone when nothing else is configured', () => {
    expect(labels({}, ['illustrator'])).toEqual(['Illustrator']);
  });

  it('begins with the model of the quality asked for and ends with the illustrator', () => {
    expect(labels({ quality: 'standard' })[0]).toBe('FLUX.1 [dev]');
    expect(labels({ quality: 'high' })[0]).toBe('FLUX1.1 [pro]');
    expect(labels({ quality: 'draft' })[0]).toBe('FLUX.1 [schnell]');
    expect(labels({}).at(-1)).toBe('Illustrator');
  });

  it('begins with the cheapest or the quickest where that is asked for', () => {
    expect(labels({ optimizeFor: 'cost' })[0]).toBe('FLUX.1 [schnell]');
    expect(labels({ optimizeFor: 'speed', quality: 'high' })[0]).toBe('FLUX.1 [schnell]');
  });

  it('is one provider where no fallback is allowed', () => {
    expect(labels({ allowFallback: false })).toEqual(['FLUX.1 [dev]']);
  });

  it('is the illustrator alone where it was asked for', () => {
    expect(labels({ choice: 'illustrator' })).toEqual(['Illustrator']);
  });

  it('is empty when a family is asked for that nobody has and no simpler image is allowed', () => {
    expect(labels({ choice: 'sd', allowFallback: false })).toEqual([]);
    expect(labels({ choice: 'sd' })).toEqual(['Illustrator']);
  });

  it('begins with a model made for the mode, and asks none that can not do it', () => {
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

  it('begins with a model that obeys a strength where one is given', () => {
    expect(labels({ mode: 'variation', weighed: true })[0]).toBe('FLUX.1 [dev]');
  });

  it('never asks one provider twice, nor one that is not there', () => {
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
