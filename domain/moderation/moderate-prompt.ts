import { withoutInnocentReadings } from './innocent-readings.ts';
import { LEXICON } from './prompt-lexicon.ts';
import { phraseFinder, mentionsHateOfGroup, mentionsMinorAge, withoutInnocent } from './prompt-phrases.ts';
import { PROMPT_RULES, type PromptRule } from './prompt-rules.ts';
import { readings, tokensOf } from './prompt-readings.ts';
import { refusedTermOf } from './refused-term.ts';

/** One text of a request, by its path in the request. */
export interface ModeratedText {
  readonly path: string;
  readonly text: string;
  /** Part of the prompt: such texts become one image, so they are checked together. The others are only displayed. */
  readonly inPrompt: boolean;
}

export interface ModerationInput {
  readonly texts: readonly ModeratedText[];
  /** The generation uses a photograph, so the depicted person is real. */
  readonly fromPhotograph?: boolean;
}

/** A refused word, as the user wrote it. */
interface RefusedTerm {
  readonly path: string;
  readonly term: string;
}

export interface Violation extends RefusedTerm {
  readonly rule: PromptRule;
  /** What is allowed by itself, but not together with the term. */
  readonly companion?: RefusedTerm;
  /** The whole texts that contain them. */
  readonly texts: readonly string[];
}

export type ModerationOutcome = { readonly outcome: 'allowed' } | ({ readonly outcome: 'refused' } & Violation);

/** Whether an admin has allowed texts that break a rule. */
export type IsExcepted = (violation: Pick<Violation, 'rule' | 'texts'>) => boolean;

/** Finds words that are refused on their own. @param reading lower case, without accents or disguises */
export type FindExplicit = (reading: string) => 'obscene' | 'hate' | undefined;

interface Sentence {
  readonly path: string;
  readonly text: string;
  readonly whole?: string;
}

/** The topics that one text mentions. */
interface TextTopics {
  readonly path: string;
  readonly text: string;
  /** The text that this is a sentence of; otherwise the text itself. */
  readonly whole: string;
  readonly topics: ReadonlySet<Topic>;
}

type Topic = 'minor' | 'perhapsMinor' | 'explicit' | 'suggestive' | 'minorSexual' | 'person' | 'hate' | 'obscene';

const SENTENCE_END = /[.!?。！？\n]+/u;

const LISTS: Readonly<Partial<Record<Topic, readonly string[]>>> = {
  minor: LEXICON.minor,
  perhapsMinor: LEXICON.perhapsMinor,
  explicit: LEXICON.explicit,
  suggestive: LEXICON.suggestive,
  minorSexual: LEXICON.minorSexual,
  person: [...LEXICON.somebody, ...LEXICON.famous],
  hate: LEXICON.hate,
  obscene: LEXICON.acts,
};
const UNSPACED: Readonly<Partial<Record<Topic, readonly string[]>>> = {
  minor: LEXICON.minorUnspaced,
  explicit: LEXICON.explicitUnspaced,
};

/**
 * The decision whether a prompt is allowed. prompt-rules.ts has the rules and what users are told, prompt-lexicon.ts the words;
 * api/moderation/moderate-prompts.ts applies it to requests.
 *
 * Checks every text that is part of a prompt or displayed, before anything is held, stored or charged. Deterministic.
 * @param findExplicit a library's word list, since the domain uses none
 * @param isExcepted texts that an admin allowed after an objection; omitted: none
 */
export function moderatePrompt(
  { texts, fromPhotograph = false }: ModerationInput,
  findExplicit: FindExplicit,
  isExcepted: IsExcepted = () => false,
): ModerationOutcome {
  const inPrompt = texts.filter((text) => text.inPrompt).map((text) => topicsOf(text, findExplicit));
  const shown = texts.filter((text) => !text.inPrompt).flatMap((text) => bySentence(text));
  const groups = [inPrompt, ...shown.map((sentence) => [topicsOf(sentence, findExplicit)])];
  for (const rule of PROMPT_RULES) {
    for (const group of groups) {
      for (const mentions of mentionsAgainst(rule, group, fromPhotograph && group === inPrompt)) {
        const violated = [...new Set(mentions.map(({ text }) => text.whole))];
        if (isExcepted({ rule, texts: violated })) continue;
        const [{ path, term }, companion] = mentions.map((mention) => nameTerm(mention, findExplicit)) as [
          RefusedTerm,
          RefusedTerm?,
        ];
        return { outcome: 'refused', rule, path, term, texts: violated, ...(companion && { companion }) };
      }
    }
  }
  return { outcome: 'allowed' };
}

/** A text that mentions one of these topics. */
interface Mention {
  readonly text: TextTopics;
  readonly topics: readonly Topic[];
}

const SEXUAL = ['explicit', 'obscene'] as const;

/** What breaks the rule: one mention, or one that is refused because of a second one. */
function mentionsAgainst(rule: PromptRule, group: readonly TextTopics[], photograph: boolean): Mention[][] {
  const of = (...topics: Topic[]): Mention[] =>
    group.filter((text) => topics.some((topic) => text.topics.has(topic))).map((text) => ({ text, topics }));
  const alone = (mentions: Mention[]) => mentions.map((mention) => [mention]);
  const together = (mentions: Mention[], companions: Mention[]) =>
    mentions.flatMap((mention) => companions.map((companion) => [mention, companion]));
  switch (rule) {
    case 'minor_sexual':
      return [
        ...alone(of('minorSexual')),
        ...together([...of(...SEXUAL), ...of('suggestive')], of('minor')),
        ...together(of(...SEXUAL), of('perhapsMinor')),
      ];
    case 'real_person_sexual':
      return [...(photograph ? alone(of(...SEXUAL)) : []), ...together(of(...SEXUAL), of('person'))];
    default:
      return alone(of(rule));
  }
}

function nameTerm({ text: { path, text }, topics }: Mention, findExplicit: FindExplicit): RefusedTerm {
  const mentions = (part: string) => {
    const found = findTopics(part, findExplicit);
    return topics.some((topic) => found.has(topic));
  };
  return { path, term: refusedTermOf(text, mentions) };
}

function bySentence({ text, path }: ModeratedText): Sentence[] {
  return text.split(SENTENCE_END).map((sentence) => ({ path, text: sentence, whole: text }));
}

/** Texts whose topics are remembered: the members of a batch, and what is sent again. */
const REMEMBERED_MAX = 1_000;
const remembered = new WeakMap<FindExplicit, Map<string, ReadonlySet<Topic>>>();

function topicsOf({ path, text, whole = text }: Sentence, findExplicit: FindExplicit): TextTopics {
  const known = remembered.get(findExplicit) ?? new Map<string, ReadonlySet<Topic>>();
  remembered.set(findExplicit, known);
  const topics = known.get(text) ?? findTopics(text, findExplicit);
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(text, topics);
  return { path, text, whole, topics };
}

function findTopics(text: string, findExplicit: FindExplicit): ReadonlySet<Topic> {
  const topics = new Set<Topic>();
  for (const reading of readings(withoutInnocentReadings(text))) {
    const words = withoutInnocent(tokensOf(reading));
    for (const [topic, mentions] of FINDERS) if (mentions(words)) topics.add(topic);
    if (mentionsMinorAge(words)) topics.add('minor');
    if (mentionsHateOfGroup(words)) topics.add('hate');
    for (const [topic, list] of Object.entries(UNSPACED)) {
      if (list.some((word) => reading.includes(word))) topics.add(topic as Topic);
    }
    const explicit = findExplicit(reading);
    if (explicit) topics.add(explicit);
  }
  return topics;
}

const FINDERS = Object.entries(LISTS).map(([topic, list]) => {
  const find = phraseFinder(list);
  return [topic as Topic, (words: readonly string[]) => words.some((_, at) => find(words, at) > 0)] as const;
});
