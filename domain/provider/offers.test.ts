import { describe, expect, it } from 'vitest';
import { offeredChoices, offeredModes, referenceLimitOf } from './offers.ts';
import { planProviders } from './provider-plan.ts';
import { modelOf, type ProviderName } from './provider.ts';

const ILLUSTRATOR: readonly ProviderName[] = ['illustrator'];
const BOTH: readonly ProviderName[] = ['replicate', 'illustrator'];

describe('offeredChoices', () => {
  it.each([
    [ILLUSTRATOR, ['auto', 'illustrator']],
    [BOTH, ['auto', 'flux', 'illustrator']],
    [['huggingface'], ['auto', 'flux', 'sd']],
  ] as const)('of %j are %j', (configured, offered) => {
    expect(offeredChoices(configured)).toEqual(offered);
  });
});

describe('offeredModes', () => {
  it.each([
    ['its own avatars', ILLUSTRATOR, 'illustrator', ['reference', 'variation', 'style']],
    ['an upload', ILLUSTRATOR, null, ['reference']],
    ['another provider’s avatar', ILLUSTRATOR, 'replicate', ['reference']],
    ['an upload', BOTH, null, ['reference', 'variation', 'style']],
    ['another provider’s avatar', BOTH, 'fal', ['reference', 'variation', 'style']],
    ['an avatar of unknown origin', ILLUSTRATOR, undefined, ['reference', 'variation', 'style']],
    ['an upload', ['huggingface'], null, []],
  ] as const)('for %s with %j', (_, configured, provider, offered) => {
    expect(offeredModes(configured, { provider })).toEqual(offered);
  });

  it.each(['variation', 'style'] as const)('are those that a plan can be made for: %s', (mode) => {
    const input = { choice: 'auto', optimizeFor: 'quality', quality: 'standard', allowFallback: true, mode } as const;
    const providers = (reference: { provider: ProviderName | null }, available = BOTH) =>
      planProviders({ ...input, reference }, available).plan.map(({ provider }) => provider);
    expect(providers({ provider: 'illustrator' })).toContain('illustrator');
    expect(providers({ provider: 'replicate' })).not.toContain('illustrator');
    expect(providers({ provider: null }, ILLUSTRATOR)).toEqual([]);
  });
});

it('the illustrator takes only the colors of a reference image, and says so', () => {
  const illustrator = modelOf('illustrator', 'illustrator-1')!;
  expect(
    (['text', 'reference', 'variation', 'style'] as const).map((mode) => referenceLimitOf(illustrator, mode)),
  ).toEqual([null, 'colors_only', null, null]);
  expect(referenceLimitOf(modelOf('replicate', 'black-forest-labs/flux-kontext-pro')!, 'reference')).toBeNull();
});
