import { describe, expect, it } from 'vitest';
import { generatedSizePx, isRemote, MODELS, modelOf, PROVIDERS, providerLabel, serviceOf } from './provider.ts';
import { isConfigured, PROVIDER_VARIABLES, settingsOf } from './provider-variables.ts';

const duplicates = (values: readonly string[]) => values.filter((value, at) => values.indexOf(value) !== at);

describe('the descriptors of the providers', () => {
  it('have labels, models and variables of their own', () => {
    expect(duplicates(PROVIDERS.map(providerLabel))).toEqual([]);
    expect(duplicates(MODELS.map(({ provider, id }) => `${provider} ${id}`))).toEqual([]);
    expect(duplicates(PROVIDER_VARIABLES)).toEqual([]);
  });

  it.each(PROVIDERS.filter(isRemote))('name %s’s variables so that misspelled ones are detected', (name) => {
    const { prefix, budget } = serviceOf(name)!.variables;
    expect(budget.startsWith(prefix)).toBe(true);
  });

  it.each(MODELS)('say what $label of $provider starts from, which sizes it offers and what it costs', (model) => {
    expect(model.modes.some((mode) => mode !== 'text')).toBe(model.maxReferences > 0);
    expect(model.sizesPx).toEqual(model.sizesPx.toSorted((a, b) => a - b));
    expect(model.costUsd > 0).toBe(isRemote(model.provider));
    expect(model.typicalMs).toBeGreaterThan(0);
  });
});

describe('the size that is generated', () => {
  const sizeOf = (id: string, sizePx: 512 | 768) => generatedSizePx(modelOf('huggingface', id)!, sizePx);

  it('is the requested one where the model offers it', () => {
    expect(sizeOf('black-forest-labs/FLUX.1-dev', 768)).toBe(768);
  });

  it('is the next larger one otherwise', () => {
    expect(sizeOf('stabilityai/stable-diffusion-xl-base-1.0', 512)).toBe(1024);
  });
});

describe('the settings of a provider', () => {
  it('are missing without its key', () => {
    expect(settingsOf('fal', { FAL_QUEUE_URL: 'http://queue' })).toBeUndefined();
    expect(isConfigured('fal', {})).toBe(false);
  });

  it('have its key and the addresses that are set', () => {
    const env = { FAL_KEY: 'key', FAL_QUEUE_URL: 'http://queue', REPLICATE_WEBHOOK_URL: 'https://studio' };
    expect(settingsOf('fal', env)).toEqual({ key: 'key', queueUrl: 'http://queue' });
  });

  it('are empty for the built-in provider, which is always configured', () => {
    expect(settingsOf('illustrator', {})).toEqual({});
    expect(isConfigured('illustrator', {})).toBe(true);
  });
});
