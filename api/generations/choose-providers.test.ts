import { describe, expect, it } from 'vitest';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { ApiProblem } from '../problem.ts';
import { planFor } from './choose-providers.ts';

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

  it('refuses a family of which no model is configured, even if fallback is allowed', () => {
    const refused = (switchedOff: ProviderName[]) => () =>
      planFor({ options: { provider: 'flux' } }, ['illustrator'], { switchedOff });
    expect(refused([])).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(refused(['replicate'])).not.toThrow();
  });

  it('refuses to restyle an image that the illustrator did not draw, where nothing else is configured', () => {
    const restyled = (provider: ProviderName | null) => () =>
      planFor({ mode: 'style', reference: { provider } }, ['illustrator']);
    expect(restyled('illustrator')).not.toThrow();
    for (const provider of ['replicate', null] as const)
      expect(restyled(provider)).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  it.each([
    ['another provider', { provider: 'sd' }, 'choose another one'],
    ['fallback', { allowFallback: false }, 'allow fallback'],
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
