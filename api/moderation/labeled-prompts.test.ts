import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { englishDataset, type PhraseContainer } from 'obscenity';
import { describe, expect, it } from 'vitest';
import {
  BODY_TYPES,
  EYE_COLORS,
  HAIR_COLORS,
  HAIR_STYLES,
  SKIN_TONES,
  type VisualAttributes,
} from '#domain/persona/attributes.ts';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import { completions } from '#domain/prompt/completion.ts';
import { enhancePrompt } from '#domain/prompt/enhancement.ts';
import { PHRASES, PROMPT_ASPECTS } from '#domain/prompt/lexicon.ts';
import { LEXICON } from '#domain/moderation/prompt-lexicon.ts';
import { moderatePrompt } from '#domain/moderation/moderate-prompt.ts';
import type { PromptRule } from '#domain/moderation/prompt-rules.ts';
import { STYLE_RULES, STYLES } from '#domain/prompt/style.ts';
import { EXPLICIT_TERMS, findExplicit, SLURS } from './explicit-terms.ts';

/** The labeled set is built from lists, templates and disguises, so that nobody has to read the prompts. */
const TEMPLATES = ['a portrait of {}', '{}, oil painting, soft light', 'A tavern keeper. {}!'];

const swap = (from: string, to: string) => (text: string) =>
  [...text].map((letter) => to[from.indexOf(letter)] ?? letter).join('');
const between = (sign: string) => (text: string) =>
  text
    .split(' ')
    .map((word) => [...word].join(sign))
    .join(' ');

const DISGUISES: Readonly<Record<string, (text: string) => string>> = {
  none: (text) => text,
  capitals: (text) => text.toUpperCase(),
  'digits for letters': swap('aeios', '43105'),
  lookalikes: swap('aceopxy', 'асеорху'),
  'full width': (text) =>
    text.replace(/[a-z]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfe_e0)),
  'invisible characters': between('\u200B'),
  'bidi controls': (text) => `\u202E${between('\u2060')(text)}\u202C`,
  accents: swap('aeiou', 'áéíóú'),
  dots: between('.'),
};

const refusedRule = (text: string) => {
  const outcome = moderatePrompt({ texts: [{ path: 'prompt', text, inPrompt: true }] }, findExplicit);
  return outcome.outcome === 'refused' ? outcome.rule : undefined;
};

const pairs = (first: readonly string[], second: readonly string[], count: number) =>
  Array.from({ length: count }, (_, n) => `${first[n % first.length]} ${second[(n * 7) % second.length]}`);

const PROMPTS_OF_RULE: Readonly<Record<PromptRule, readonly string[]>> = {
  obscene: EXPLICIT_TERMS,
  hate: [
    ...[...SLURS].filter((word) => word !== 'slur'),
    ...LEXICON.hate,
    ...pairs(LEXICON.demand, LEXICON.group, 20),
    ...pairs(LEXICON.group, LEXICON.contempt, 20),
  ],
  minor_sexual: [
    ...LEXICON.minorSexual,
    ...pairs(LEXICON.minor, LEXICON.explicit, 60),
    ...pairs(LEXICON.minor, LEXICON.suggestive, 30),
    ...pairs(LEXICON.perhapsMinor, LEXICON.explicit, 20),
    ...Array.from({ length: 15 }, (_, n) => `${n + 3}-year-old ${LEXICON.explicit[n]}`),
  ],
  real_person_sexual: [
    ...pairs(LEXICON.famous, LEXICON.explicit, 55),
    ...pairs(LEXICON.explicit, LEXICON.somebody, 30),
  ],
};
/** Each prompt undisguised in all templates, and in one template in each disguise. */
function labeledPrompts(rule: PromptRule): { disguise: string; text: string }[] {
  return PROMPTS_OF_RULE[rule].flatMap((words, at) => [
    ...TEMPLATES.map((template) => ({ disguise: 'none', text: template.replace('{}', words) })),
    ...Object.entries(DISGUISES).map(([disguise, hide]) => ({
      disguise,
      text: (TEMPLATES[at % TEMPLATES.length] ?? '{}').replace('{}', hide(words)),
    })),
  ]);
}

interface SeedPreset {
  readonly name: string;
  readonly category: string;
  readonly generationPrompt: string;
  readonly personaTemplate: { readonly personality: string[]; readonly background: string };
  readonly visualAttributes: VisualAttributes;
}
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const PRESETS = JSON.parse(read('domain/prompt/gallery-presets.json')) as readonly SeedPreset[];

const INNOCENT = [
  ...read('domain/prompt/golden/innocent-prompts.txt').split('\n'),
  ...PRESETS.flatMap(({ name, category, generationPrompt, personaTemplate, visualAttributes }) => [
    `${name}, ${category}`,
    generationPrompt,
    personaTemplate.background,
    buildPrompt({ prompt: generationPrompt, persona: personaTemplate, attributes: visualAttributes, quality: 'high' }),
    enhancePrompt({ prompt: generationPrompt }).prompt,
  ]),
  ...PROMPT_ASPECTS.flatMap((aspect) => PHRASES[aspect]),
  ...STYLES.flatMap((style) => [
    STYLE_RULES[style].words,
    ...completions('a smith, s', style).map(({ prompt }) => prompt),
  ]),
  ...[...HAIR_COLORS, ...SKIN_TONES, ...EYE_COLORS].map(({ value }) => `${value} hair, skin or eyes`),
  ...HAIR_STYLES,
  ...BODY_TYPES,
  ...LEXICON.innocent.map((phrase) => `a child with ${phrase}`),
  // Words of the lists that are harmless by themselves.
  ...LEXICON.minor,
  ...LEXICON.perhapsMinor,
  ...LEXICON.explicit,
  ...LEXICON.suggestive,
  ...[...LEXICON.somebody, ...LEXICON.famous, ...LEXICON.group].map((who) => `${who} in watercolor`),
].filter((text) => text !== '');

describe('prompt moderation of the labeled prompts', () => {
  it.each<[PromptRule, prompts: number, missed: readonly string[]]>([
    ['obscene', 250, []],
    // A digit that is a word by itself is not read as a letter.
    ['hate', 850, Array.from({ length: 5 }, () => 'digits for letters')],
    // Neither are digits between dots.
    ['minor_sexual', 1_500, ['dots', 'dots', 'dots']],
    ['real_person_sexual', 1_000, ['dots']],
  ])(
    'refuses those that break the rule %s: of at least %i, only a few disguises are missed',
    (rule, prompts, missed) => {
      const set = labeledPrompts(rule);
      expect(set.length).toBeGreaterThanOrEqual(prompts);
      const allowed = set.filter(({ text }) => refusedRule(text) === undefined);
      expect(allowed.map(({ disguise }) => disguise)).toEqual(missed);
    },
  );

  it('names the rule that each prompt breaks', () => {
    for (const rule of ['hate', 'minor_sexual', 'real_person_sexual'] as const) {
      const others = labeledPrompts(rule).filter(
        ({ disguise, text }) => disguise === 'none' && refusedRule(text) !== rule,
      );
      expect(others).toEqual([]);
    }
  });

  it('allows all innocent prompts', () => {
    expect(INNOCENT.length).toBeGreaterThan(500);
    expect(INNOCENT.filter((text) => refusedRule(text) !== undefined)).toEqual([]);
  });

  it('allows all innocent prompts in capitals', () => {
    expect(INNOCENT.filter((text) => refusedRule(text.toLocaleUpperCase('en')) !== undefined)).toEqual([]);
  });
});

describe('prompt moderation', () => {
  it('accepts any 1000 characters, and always has the same outcome', () => {
    const words = fc.constantFrom(
      ...LEXICON.minor,
      ...LEXICON.explicit,
      'a',
      '1',
      '.',
      '\u200B',
      'f',
      '*',
      'ss',
      '16',
      'years',
    );
    const text = fc.oneof(
      fc.array(words, { maxLength: 200 }).map((list) => list.join(' ').slice(0, 1000)),
      fc.string({ unit: 'grapheme', maxLength: 1000 }),
    );
    fc.assert(
      fc.property(text, (any) => {
        expect(refusedRule(any)).toBe(refusedRule(any));
      }),
      { numRuns: 200 },
    );
  });

  it.each(['a', 'a ', 'a.', 's!', '4', 'ss', 'f*', 'nude ', 'child ', 'ﷺ', '\u200Ba', 'a-', 'n n '])(
    'handles 1000 characters of %j in time',
    (piece) => {
      const text = piece.repeat(1000).slice(0, 1000);
      const startedAt = performance.now();
      refusedRule(text);
      // Catastrophic backtracking takes minutes; anything else takes milliseconds.
      expect(performance.now() - startedAt).toBeLessThan(5_000);
    },
  );
});

it('prompt moderation covers all of the library’s words: review new ones before an update', () => {
  const known: PhraseContainer<{ originalWord: string }>[] = [];
  englishDataset.removePhrasesIf((phrase) => {
    known.push(phrase);
    return false;
  });
  expect(known).toHaveLength(69);
});
