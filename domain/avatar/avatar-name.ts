import { capitalized } from '../prompt/prompt-text.ts';

/** Of a name that a user gives, code points. */
export const AVATAR_NAME_MAX_LENGTH = 100;
/** Long enough to tell two avatars apart, short enough to fit below an image. */
const PROMPT_WORD_COUNT = 5;
/** Of a name that is taken from the prompt. */
const DERIVED_NAME_MAX_LENGTH = 60;
const NAMELESS = 'Untitled avatar';
/** A name never ends in one of these words; it is cut before one rather than after it. */
const LINKING = new Set('with in on at by from under over near and or wearing holding'.split(' '));
const TRAILING = new Set([...LINKING, 'of', 'the', 'a', 'an']);

export interface Nameable {
  readonly name?: string | undefined;
  readonly prompt?: string | undefined;
  readonly persona?: { readonly name?: string | undefined } | undefined;
}

/** An avatar's name: the given one, else its persona's, else the subject of the prompt. Never empty. */
export function avatarName(request: Nameable): string {
  const given = request.name?.trim() || request.persona?.name?.trim();
  if (given) return given;
  const text = subjectOf(request.prompt ?? '').join(' ');
  const short = [...text]
    .slice(0, DERIVED_NAME_MAX_LENGTH)
    .join('')
    .replace(/[\s-]+$/u, '');
  return capitalized(short) || NAMELESS;
}

/** The first words of the first clause, cut before a conjunction or preposition. */
function subjectOf(prompt: string): string[] {
  const clause = prompt.split(/[,.;:!?\n]/u).find((part) => part.trim() !== '') ?? '';
  const text = clause.trim().split(/\s+/u).slice(0, PROMPT_WORD_COUNT);
  const link = text.findIndex((word, index) => index > 1 && LINKING.has(word.toLowerCase()));
  const subject = link === -1 ? text : text.slice(0, link);
  while (subject.length > 1 && TRAILING.has(subject.at(-1)!.toLowerCase())) subject.pop();
  return subject;
}
