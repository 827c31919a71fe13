import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetsOf } from './budget.ts';
import { NO_RECORD, rank, suitability, type Candidate } from './ranking.ts';
import { planProviders, type ProviderHealth, type ProviderPlanInput } from './provider-plan.ts';
import { MODELS, modelOf, OPTIMIZE_FOR, PROVIDER_CHOICES, PROVIDERS, QUALITIES } from './provider.ts';

const INPUT: ProviderPlanInput = { choice: 'auto', optimizeFor: 'quality', quality: 'standard', allowFallback: true };
const REPLICATE_DEV = 'black-forest-labs/flux-dev';
const FAL_DEV = 'fal-ai/flux/dev';
const UNTIL = new Date('2026-11-23T08:00:30.000Z');

const plan = (input: Partial<ProviderPlanInput>, providerHealth: ProviderHealth = {}) =>
  planProviders({ ...INPUT, ...input }, PROVIDERS, providerHealth);
const labels = (input: Partial<ProviderPlanInput>, providerHealth?: ProviderHealth) =>
  plan(input, providerHealth).plan.map(({ provider, model }) => modelOf(provider, model)!.label);
const record = (
  provider: 'replicate' | 'fal',
  model: string,
  succeeded: number,
  failed: number,
  medianMs: number | null,
) => ({
  provider,
  model,
  succeeded,
  failed,
  medianMs,
});
const noteOn = (model: string, providerHealth: ProviderHealth, input: Partial<ProviderPlanInput> = {}) =>
  plan(input, providerHealth).notes.find((note) => note.model === model);

describe('the ranking of equally good candidates', () => {
  it('puts the candidate with the best price and time first', () => {
    expect(labels({})).toEqual(['FLUX.1 [dev]', 'FLUX.1 [dev] (fal)', 'FLUX.1 [dev] (Hugging Face)', 'Illustrator']);
  });

  it('puts the recently faster candidate first, and the note says so', () => {
    const records = [record('replicate', REPLICATE_DEV, 30, 0, 9_000), record('fal', FAL_DEV, 30, 0, 2_000)];
    expect(labels({}, { records }).slice(0, 2)).toEqual(['FLUX.1 [dev] (fal)', 'FLUX.1 [dev] (Hugging Face)']);
    expect(noteOn(FAL_DEV, { records })).toMatchObject({
      position: 0,
      reasons: ['best_quality', 'recently_faster'],
      explanation:
        'Nearest to the requested quality; faster recently; $0.025 an image, about 2.1 s, 30 of 30 delivered recently.',
    });
  });

  it('puts a candidate that failed often recently after all reliable ones, even better ones', () => {
    const records = [record('replicate', REPLICATE_DEV, 1, 9, 3_000)];
    expect(labels({}, { records })).not.toContain('FLUX.1 [dev]');
    const unreliable = { records: MODELS.filter(({ id }) => id !== REPLICATE_DEV).map(unreliableRecord) };
    expect(labels({ quality: 'high' }, unreliable)[0]).toBe('FLUX.1 [dev]');
    expect(noteOn('black-forest-labs/flux-1.1-pro', unreliable, { quality: 'high' })?.reasons).toContain(
      'recently_unreliable',
    );
  });

  it('is not changed by a single failure', () => {
    expect(labels({}, { records: [record('replicate', REPLICATE_DEV, 0, 1, null)] })).toContain('FLUX.1 [dev]');
  });
});

describe('optimizeFor', () => {
  it('speed ranks by observed latency', () => {
    expect(labels({ optimizeFor: 'speed' })[0]).toBe('FLUX.1 [schnell]');
    const records = [record('replicate', 'black-forest-labs/flux-schnell', 40, 0, 6_000)];
    expect(labels({ optimizeFor: 'speed' }, { records })[0]).toBe('FLUX.1 [schnell] (fal)');
  });

  it('cost includes the expected cost of failures', () => {
    expect(labels({ optimizeFor: 'cost' })[0]).toBe('Stable Diffusion XL');
  });
});

it('notes for the illustrator whether it was requested or is the last resort', () => {
  expect(plan({ choice: 'illustrator' }).notes).toEqual([
    {
      provider: 'illustrator',
      model: 'illustrator-1',
      position: 0,
      reasons: ['requested'],
      explanation: 'Requested; $0 an image, about 0.5 s.',
    },
  ]);
  expect(plan({}).notes.find(({ provider }) => provider === 'illustrator')?.reasons).toEqual(['last_resort']);
});

describe('the plan with an open circuit', () => {
  it('leaves the provider out, with the reason and the time of the next attempt', () => {
    const openCircuits = [{ provider: 'replicate', model: null, until: UNTIL } as const];
    expect(labels({}, { openCircuits })[0]).toBe('FLUX.1 [dev] (fal)');
    expect(noteOn(REPLICATE_DEV, { openCircuits })).toEqual({
      provider: 'replicate',
      model: REPLICATE_DEV,
      position: null,
      reasons: ['circuit_open'],
      explanation: 'Unavailable at the moment, no attempt before 2026-11-23T08:00:30.000Z.',
    });
  });

  it('retains the provider’s other models when only the circuit of one model is open', () => {
    const openCircuits = [{ provider: 'replicate', model: REPLICATE_DEV, until: UNTIL } as const];
    const { plan: candidates } = plan({ choice: 'flux' }, { openCircuits });
    expect(candidates).not.toContainEqual({ provider: 'replicate', model: REPLICATE_DEV });
  });

  it('is empty without a fallback when every circuit is open, and is the illustrator with one', () => {
    const openCircuits = PROVIDERS.map((provider) => ({ provider, model: null, until: UNTIL }));
    expect(plan({ allowFallback: false }, { openCircuits })).toMatchObject({
      plan: [],
      refused: { by: 'circuit', until: UNTIL },
    });
    expect(labels({}, { openCircuits })).toEqual(['Illustrator']);
  });
});

describe('the plan under a daily budget', () => {
  const budgets = { totalUsd: 1 };

  it('prefers cheaper models when the budget is nearly spent', () => {
    const providerHealth = { budgets, spending: { replicate: 0.85 } };
    expect(labels({ quality: 'high' }, providerHealth)[0]).toBe('Stable Diffusion XL');
    expect(labels({ quality: 'high', choice: 'flux', allowFallback: false }, providerHealth)).toEqual([
      'FLUX.1 [dev] (Hugging Face)',
    ]);
    expect(plan({}, providerHealth).notes[0]?.reasons).toContain('budget_near');
  });

  it('uses other providers when one provider’s budget is spent', () => {
    const providerHealth = { budgets: budgetsOf({ REPLICATE_BUDGET_USD_DAY: 1 }), spending: { replicate: 0.85 } };
    expect(labels({}, providerHealth)[0]).toBe('FLUX.1 [dev] (fal)');
  });

  it('leaves out models that it does not cover, then all', () => {
    const almost = { budgets, spending: { replicate: 0.999 } };
    expect(labels({ choice: 'flux' }, almost)).toEqual(['Illustrator']);
    expect(labels({}, almost)).toEqual(['Stable Diffusion XL', 'Illustrator']);
    expect(noteOn(REPLICATE_DEV, almost)?.explanation).toBe(
      "The rest of the day's budget does not cover it (99 % spent).",
    );
    expect(plan({ allowFallback: false }, { budgets, spending: { fal: 1 } })).toMatchObject({
      plan: [],
      refused: { by: 'budget', until: null },
    });
  });
});

describe('the plan for random inputs', () => {
  const models = MODELS.filter(({ family }) => family !== 'illustrator');
  const healthStates = fc.record({
    records: fc.subarray(models).chain((some) =>
      fc.tuple(
        ...some.map(({ provider, id }) =>
          fc.record({
            provider: fc.constant(provider),
            model: fc.constant(id),
            succeeded: fc.nat(50),
            failed: fc.nat(50),
            medianMs: fc.option(fc.integer({ min: 1, max: 60_000 })),
          }),
        ),
      ),
    ),
    openCircuits: fc
      .subarray(models)
      .map((some) => some.map(({ provider, id }, at) => ({ provider, model: at % 2 ? id : null, until: UNTIL }))),
    budgets: fc.record({ totalUsd: fc.option(fc.double({ min: 0, max: 0.1, noNaN: true }), { nil: undefined }) }),
    spending: fc.record({ replicate: fc.double({ min: 0, max: 0.1, noNaN: true }) }),
    switchedOff: fc.subarray(['replicate', 'fal'] as const),
  });
  const requests = fc.record({
    choice: fc.constantFrom(...PROVIDER_CHOICES),
    optimizeFor: fc.constantFrom(...OPTIMIZE_FOR),
    quality: fc.constantFrom(...QUALITIES),
    allowFallback: fc.boolean(),
  });

  it('leaves out unavailable candidates, gives each position a reason, and is deterministic', () => {
    fc.assert(
      fc.property(requests, healthStates, (input, providerHealth) => {
        const available = PROVIDERS.filter((name) => !providerHealth.switchedOff.some((disabled) => disabled === name));
        const choice = planProviders(input, available, providerHealth);
        for (const { provider, model } of choice.plan) {
          if (provider === 'illustrator') continue;
          expect(available).toContain(provider);
          const open = providerHealth.openCircuits.filter((circuit) => circuit.provider === provider);
          expect(open.some((circuit) => circuit.model === null || circuit.model === model)).toBe(false);
          const left = (providerHealth.budgets.totalUsd ?? Infinity) - providerHealth.spending.replicate;
          expect(modelOf(provider, model)!.costUsd).toBeLessThanOrEqual(left);
        }
        const planned = choice.notes.filter(({ position }) => position !== null);
        expect(planned.map(({ provider, model }) => ({ provider, model }))).toEqual(choice.plan);
        expect(planned.map(({ position }) => position)).toEqual(choice.plan.map((_, at) => at));
        expect(choice.notes.every(({ reasons, explanation }) => reasons.length > 0 && explanation.length > 0)).toBe(
          true,
        );
        const names = choice.notes.map(({ provider, model }) => `${provider}/${model}`);
        expect(new Set(names).size).toBe(names.length);
        const shuffled = { ...providerHealth, records: providerHealth.records.toReversed() };
        expect(planProviders(input, available, shuffled)).toEqual(choice);
        expect(JSON.stringify(choice.notes).length).toBeLessThan(16_000);
      }),
    );
  });
});

function unreliableRecord({ provider, id }: (typeof MODELS)[number]) {
  return { provider, model: id, succeeded: 0, failed: 20, medianMs: null };
}

describe('candidates that are alike in all but one figure', () => {
  const [model] = MODELS;
  const even: Candidate = {
    model: model!,
    record: NO_RECORD,
    remainingBudget: { leftUsd: 100, spentShare: 0, nearing: false },
  };
  const slower: Candidate = { ...even, model: { ...model!, id: 'slower', typicalMs: model!.typicalMs + 5_000 } };
  const dearer: Candidate = { ...even, model: { ...model!, id: 'dearer', costUsd: model!.costUsd + 1 } };
  const input = { quality: 'standard', mode: 'text', hasStrength: false } as const;
  const first = (candidates: Candidate[], optimizeFor: (typeof OPTIMIZE_FOR)[number]) =>
    rank(candidates, { ...input, optimizeFor })[0];

  it.each(OPTIMIZE_FOR)('are ranked by it when the goal is %s', (optimizeFor) => {
    for (const worse of [slower, dearer]) {
      expect(first([worse, even], optimizeFor)).toBe(even);
      expect(first([even, worse], optimizeFor)).toBe(even);
    }
  });

  it('cost and take more when they fail often: what counts is a delivered image', () => {
    const failing = { succeeded: 6, failed: 4, medianMs: model!.typicalMs };
    const nominal: Candidate = { ...even, model: { ...model!, costUsd: 1, typicalMs: 10_000 } };
    const cheaper: Candidate = { ...even, model: { ...model!, costUsd: 0.8 }, record: failing };
    const faster: Candidate = {
      ...even,
      model: { ...model!, typicalMs: 8_000 },
      record: { ...failing, medianMs: 8_000 },
    };
    expect(first([cheaper, nominal], 'cost')).toBe(nominal);
    expect(first([faster, nominal], 'speed')).toBe(nominal);
  });

  it('are ranked by price when both budgets are nearly spent, and only then', () => {
    const nearing = (candidate: Candidate) => ({
      ...candidate,
      remainingBudget: { leftUsd: 1, spentShare: 0.99, nearing: true },
    });
    const [slow, dear] = [nearing(slower), nearing(dearer)];
    expect(first([dear, slow], 'speed')).toBe(slow);
    expect(first([slower, dearer], 'speed')).toBe(dearer);
  });

  it('do not depend on references in a request without one', () => {
    const forReferences = { ...model!, modes: ['reference'] as const, supportsStrength: true };
    const generous = { ...input, hasStrength: true, optimizeFor: 'quality' } as const;
    expect(suitability(forReferences, generous)).toBe(0);
    expect(suitability(forReferences, { ...generous, mode: 'reference' })).toBe(3);
    expect(suitability(forReferences, { ...generous, mode: 'reference', optimizeFor: 'cost' })).toBe(2);
  });
});
