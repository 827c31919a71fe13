import { LEXICON } from './prompt-lexicon.ts';
import { phraseFinder, mentionsHateOfGroup, mentionsMinorAge, withoutInnocent } from './prompt-phrases.ts';
import { PROMPT_RULES, type PromptRule } from './prompt-rules.ts';
import { readings, tokensOf } from './prompt-readings.ts';

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

export type ModerationOutcome =
  | { readonly outcome: 'allowed' }
  | { readonly outcome: 'refused'; readonly rule: PromptRule; readonly path: string };

/** Finds words that are refused on their own. @param reading lower case, without accents or disguises */
export type FindExplicit = (reading: string) => 'obscene' | 'hate' | undefined;

/** The topics that one text mentions. */
interface TextTopics {
  readonly path: string;
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
 */
export function moderatePrompt(
  { texts, fromPhotograph = false }: ModerationInput,
  findExplicit: FindExplicit,
): ModerationOutcome {
  const inPrompt = texts.filter((text) => text.inPrompt).map((text) => topicsOf(text, findExplicit));
  const shown = texts.filter((text) => !text.inPrompt).flatMap((text) => bySentence(text));
  const groups = [inPrompt, ...shown.map((sentence) => [topicsOf(sentence, findExplicit)])];
  for (const rule of PROMPT_RULES) {
    for (const group of groups) {
      const path = pathOfViolation(rule, group, fromPhotograph && group === inPrompt);
      if (path !== undefined) return { outcome: 'refused', rule, path };
    }
  }
  return { outcome: 'allowed' };
}

/** The path of the text that breaks the rule, or undefined when none does. */
function pathOfViolation(rule: PromptRule, group: readonly TextTopics[], photograph: boolean): string | undefined {
  const first = (...topics: Topic[]) => group.find((text) => topics.some((topic) => text.topics.has(topic)))?.path;
  const isMentioned = (topic: Topic) => first(topic) !== undefined;
  switch (rule) {
    case 'minor_sexual': {
      const explicit = first('explicit', 'obscene');
      if (isMentioned('minorSexual')) return first('minorSexual');
      if (isMentioned('minor')) return explicit ?? first('suggestive');
      return isMentioned('perhapsMinor') ? explicit : undefined;
    }
    case 'real_person_sexual':
      return photograph || isMentioned('person') ? first('explicit', 'obscene') : undefined;
    default:
      return first(rule);
  }
}

function bySentence({ text, ...rest }: ModeratedText): ModeratedText[] {
  return text.split(SENTENCE_END).map((sentence) => ({ ...rest, text: sentence }));
}

/** Texts whose topics are remembered: the members of a batch, and what is sent again. */
const REMEMBERED_MAX = 1_000;
const remembered = new WeakMap<FindExplicit, Map<string, ReadonlySet<Topic>>>();

function topicsOf({ path, text }: ModeratedText, findExplicit: FindExplicit): TextTopics {
  const known = remembered.get(findExplicit) ?? new Map<string, ReadonlySet<Topic>>();
  remembered.set(findExplicit, known);
  const topics = known.get(text) ?? findTopics(text, findExplicit);
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(text, topics);
  return { path, topics };
}

function findTopics(text: string, findExplicit: FindExplicit): ReadonlySet<Topic> {
  const topics = new Set<Topic>();
  for (const reading of readings(text)) {
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
