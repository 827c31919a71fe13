import { phraseFor, PHRASES, PROMPT_ASPECTS, mentions, type PromptAspect } from './lexicon.ts';
import { fits } from '../text/characters.ts';
import { PROMPT_MAX_LENGTH } from './prompt-text.ts';
import type { Style } from './style.ts';

export interface Completion {
  readonly prompt: string;
  /** Human-readable. */
  readonly reason: string;
}

/** One letter matches too many words. */
const PREFIX_MIN_LENGTH = 2;
const REASONS: Readonly<Record<PromptAspect, string>> = {
  framing: 'Says how much is seen',
  light: 'Adds a light',
  medium: 'Adds a medium',
  mood: 'Adds a mood',
};

/**
 * Suggestions from the lexicon: phrases with a word that begins like the last one typed, then phrases for aspects that the
 * prompt does not mention.
 */
export function completions(text: string, style: Style | undefined): Completion[] {
  const found = [...completingLastWord(text), ...addingAspects(text, style)];
  const seen = new Set<string>([text]);
  return found.filter(({ prompt }) => {
    const isNew = !seen.has(prompt) && fits(prompt, PROMPT_MAX_LENGTH);
    seen.add(prompt);
    return isNew;
  });
}

function completingLastWord(text: string): Completion[] {
  const typed = /[\p{L}\d-]+$/u.exec(text)?.[0] ?? '';
  if (typed.length < PREFIX_MIN_LENGTH) return [];
  const before = text.slice(0, text.length - typed.length);
  return PROMPT_ASPECTS.flatMap((aspect) =>
    PHRASES[aspect]
      .filter((phrase) => phrase.toLowerCase().startsWith(typed.toLowerCase()))
      .map((phrase) => ({ prompt: before + phrase, reason: REASONS[aspect] })),
  );
}

function addingAspects(text: string, style: Style | undefined): Completion[] {
  const words = text.trim().replace(/[\s.,;]+$/u, '');
  if (words === '') return [];
  return PROMPT_ASPECTS.filter((aspect) => !mentions(words, aspect)).flatMap((aspect) => {
    const first = phraseFor(aspect, style);
    if (first === undefined) return [];
    const phrases = [first, ...PHRASES[aspect].filter((phrase) => phrase !== first).slice(0, 1)];
    return phrases.map((phrase) => ({ prompt: `${words}, ${phrase}`, reason: REASONS[aspect] }));
  });
}
