import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { moderatePrompt } from '#domain/moderation/moderate-prompt.ts';
import { findExplicit } from './explicit-terms.ts';

/** Of each kind, the term by itself and in a prompt. */
const PROMPTS: Readonly<Record<string, readonly string[]>> = {
  firstNames: ['{}', 'Portrait of {}, smiling'],
  lastNames: ['{}', 'Dr. Anna {}, a scientist'],
  occupations: ['{}', 'a {} at work, oil painting'],
  breeds: ['{}', 'A farmer with a {}'],
  towns: ['{}', 'A farmer from {}'],
};
const FALSE_REFUSALS_MAX = 1 / 2_000;

interface Term {
  readonly kind: string;
  readonly term: string;
}

function termsOf(half: 'tuned' | 'untouched'): Term[] {
  const text = readFileSync(new URL(`innocent-terms/${half}.txt`, import.meta.url), 'utf8');
  return text.split('# ').flatMap((section) => {
    const [kind = '', ...terms] = section.split('\n').filter((row) => row !== '');
    return terms.map((term) => ({ kind, term }));
  });
}

const isRefused = (text: string) =>
  moderatePrompt({ texts: [{ path: 'prompt', text, inPrompt: true }] }, findExplicit).outcome === 'refused';
const falseRefusals = (terms: readonly Term[]) =>
  terms.filter(({ kind, term }) => PROMPTS[kind]?.some((prompt) => isRefused(prompt.replace('{}', term))));

describe('names, occupations, breeds and towns', () => {
  it('are refused at most once in 2,000, in the half that the moderation was tuned on', () => {
    const terms = termsOf('tuned');
    expect(terms.length).toBeGreaterThan(2_000);
    const refused = falseRefusals(terms);
    if (refused.length > 0) console.log('refused in the tuned half:', refused);
    expect(refused.length / terms.length).toBeLessThanOrEqual(FALSE_REFUSALS_MAX);
  });

  it('are refused at most once in 2,000, in the half that it has never seen', () => {
    const terms = termsOf('untouched');
    expect(terms.length).toBeGreaterThan(2_000);
    expect(falseRefusals(terms).length / terms.length).toBeLessThanOrEqual(FALSE_REFUSALS_MAX);
  });
});
