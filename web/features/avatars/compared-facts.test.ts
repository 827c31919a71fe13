import { expect, it } from 'vitest';
import { anAvatar } from '#contract/testing/samples.ts';
import { comparedFacts } from './compared-facts.ts';

const { generation } = anAvatar();

it('what is compared says whether it differs, and what none of the avatars has is left out', () => {
  const facts = comparedFacts([
    anAvatar({ attributes: { style: 'noir', hairColor: 'silver' } }),
    anAvatar({ attributes: { style: 'noir' }, generation: { ...generation, seed: 8 } }),
  ]);
  const fact = (term: string) => facts.find((known) => known.term === term);
  expect(fact('Seed')).toEqual({ term: 'Seed', values: ['7', '8'], differs: true });
  expect(fact('Prompt')).toMatchObject({ differs: false });
  expect(facts.find(({ values }) => values.includes('silver'))?.differs).toBe(true);
  expect(fact('Rating')).toBeUndefined();
});
