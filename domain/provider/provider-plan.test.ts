import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planProviders, type ProviderHealth, type ProviderPlanInput } from './provider-plan.ts';
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

describe('the provider plan and the health of providers', () => {
  const plan = (
    health: ProviderHealth,
    input: Partial<ProviderPlanInput> = {},
    available: ProviderName[] = ['replicate'],
  ) => planProviders({ ...INPUT, ...input }, available, health);
  const reasonsOf = ({ notes }: ReturnType<typeof plan>) =>
    Object.fromEntries(
      notes.map(({ provider, model, position, reasons }) => [`${provider}/${model}`, { position, reasons }]),
    );
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
  const circuit = (model: string | null, minute: number) => ({
    provider: 'replicate' as const,
    model,
    until: at(minute),
  });

  it('leaves out models whose own circuit is open, and all of a provider whose circuit is open', () => {
    const [first] = plan({}).plan;
    const without = plan({ openCircuits: [circuit(first!.model, 5)] });
    expect(without.plan.map(({ model }) => model)).not.toContain(first!.model);
    expect(without.plan.length).toBeGreaterThan(0);
    expect(reasonsOf(without)[`replicate/${first!.model}`]).toEqual({ position: null, reasons: ['circuit_open'] });
    expect(plan({ openCircuits: [circuit(null, 5)] }, {}, BOTH).plan).toEqual([
      { provider: 'illustrator', model: expect.any(String) },
    ]);
    expect(plan({ openCircuits: [{ ...circuit(null, 5), provider: 'fal' }] }).plan).toEqual(plan({}).plan);
  });

  it('says until when an empty plan stays empty: the first circuit to close, each by its later end', () => {
    const refused = plan({ openCircuits: [circuit(null, 5)] }, { allowFallback: false });
    expect(refused).toMatchObject({ plan: [], refused: { by: 'circuit', until: at(5) } });
    const [first] = plan({}).plan;
    const later = plan({ openCircuits: [circuit(first!.model, 9), circuit(null, 5)] }, { allowFallback: false });
    expect(later.refused).toEqual({ by: 'circuit', until: at(5) });
    expect(later.notes.find(({ model }) => model === first!.model)!.explanation).toContain(at(9).toISOString());
    const reversed = plan({ openCircuits: [circuit(null, 5), circuit(first!.model, 9)] }, { allowFallback: false });
    expect(reversed.notes).toEqual(later.notes);
  });

  it('leaves out what the rest of the budget does not cover, to the cent', () => {
    const { plan: all } = plan({});
    const dearest = Math.max(...all.map(({ provider, model }) => modelOf(provider, model)!.costUsd));
    const left = (usd: number): ProviderHealth => ({ budgets: { totalUsd: 10 }, spending: { replicate: 10 - usd } });
    const covered = plan(left(dearest + 1e-9)).plan.map(({ model }) => model);
    expect(covered).toHaveLength(all.length);
    const short = plan(left(dearest / 2));
    expect(
      Object.values(reasonsOf(short)).filter(({ reasons }) => reasons[0] === 'budget_spent').length,
    ).toBeGreaterThan(0);
    const spent = plan(left(0), { allowFallback: false });
    expect(spent).toMatchObject({ plan: [], refused: { by: 'budget', until: null } });
  });

  it('leaves out providers that an admin disabled, without calling it an outage', () => {
    const disabled = plan({ switchedOff: ['replicate'] }, { allowFallback: false });
    expect(disabled).toMatchObject({ plan: [], refused: null });
    expect(Object.values(reasonsOf(disabled)).map(({ reasons }) => reasons[0])).toContain('switched_off');
    expect(plan({ switchedOff: ['fal'] }).plan).toEqual(plan({}).plan);
    expect(Object.values(reasonsOf(plan({}))).map(({ reasons }) => reasons[0])).not.toContain('switched_off');
  });

  it('numbers the candidates in order, the illustrator last, and explains those that are not needed', () => {
    const both = plan({}, {}, BOTH);
    const positions = both.notes.map(({ position }) => position);
    expect(positions.slice(0, both.plan.length)).toEqual(both.plan.map((_, index) => index));
    expect(positions.slice(both.plan.length).every((position) => position === null)).toBe(true);
    expect(both.plan.at(-1)!.provider).toBe('illustrator');
    expect(both.refused).toBeNull();
    const alone = plan({}, { allowFallback: false });
    expect(Object.values(reasonsOf(alone)).filter(({ reasons }) => reasons[0] === 'not_needed').length).toBeGreaterThan(
      0,
    );
    const requested = plan({}, { choice: 'illustrator' }, BOTH);
    expect(requested.notes[0]).toMatchObject({ position: 0, reasons: ['requested'] });
    expect(requested.plan).toHaveLength(1);
  });

  it('is the illustrator where nothing else is configured, even without a fallback, but not where that is down', () => {
    const only = (health: ProviderHealth, input: Partial<ProviderPlanInput>, available: ProviderName[]) =>
      plan(health, { allowFallback: false, ...input }, available).plan.map(({ provider }) => provider);
    expect(only({}, {}, ['illustrator'])).toEqual(['illustrator']);
    expect(only({}, { choice: 'flux' }, ['illustrator'])).toEqual([]);
    expect(only({ openCircuits: [circuit(null, 5)] }, {}, BOTH)).toEqual([]);
    expect(only({}, { choice: 'illustrator' }, BOTH)).toEqual(['illustrator']);
    expect(only({}, { choice: 'illustrator' }, ['replicate'])).toEqual([]);
  });

  it('uses the record of the very model of the very provider', () => {
    const [first] = plan({}).plan;
    const record = { succeeded: 1, failed: 9, medianMs: 1_000 };
    const failing = plan({ records: [{ ...first!, ...record } as never] });
    const explained = failing.notes.filter(({ explanation }) => explanation.includes('1 of 10 delivered recently'));
    expect(explained.map(({ model }) => model)).toEqual([first!.model]);
  });
});
