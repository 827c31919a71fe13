import { capitalized } from '../prompt/prompt-text.ts';
import { beginning } from '../text/characters.ts';
import { cleanText, isVisible } from '../text/visible-text.ts';

/** Of a name that a user gives, characters. */
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

/** Marks at which a clause ends, of the scripts that have their own; a comma or stop without a space after it ends one, too. */
const CLAUSE_END = /[,.;:!?\n…،؛؟۔।॥、。，．；：！？｡､።፣፤፥፧։]/u;

/** An avatar's name: the given one, else its persona's, else the subject of the prompt. Always has a visible character. */
export function avatarName(request: Nameable): string {
  const given = [request.name, request.persona?.name].map((name) => cleanText(name ?? '')).find(isVisible);
  if (given !== undefined) return given;
  const text = cleanText(subjectOf(request.prompt ?? '').join(' '));
  const short = cleanText(beginning(text, DERIVED_NAME_MAX_LENGTH).replace(/[\s-]+$/u, ''));
  return isVisible(short) ? capitalized(short) : NAMELESS;
}

/**
 * The names as they are given to the avatars of one batch: a repeated one gets a number from 2, and no two are equal. Depends on
 * nothing but the names, so that a batch that is sent again gets the same.
 */
export function distinctNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  const given = new Set(names);
  return names.map((name) => {
    let distinct = name;
    for (let number = 2; used.has(distinct) || (distinct !== name && given.has(distinct)); number += 1) {
      distinct = numbered(name, number);
    }
    used.add(distinct);
    return distinct;
  });
}

/** Whether the request's name was taken from its other fields, perhaps with the number of a batch, and not given by the user. */
export function isDerivedName({ name = '', ...others }: Nameable): boolean {
  const derived = avatarName(others);
  const number = NUMBER.exec(name)?.[1];
  return name === derived || (number !== undefined && name === numbered(derived, Number(number)));
}

const NUMBER = / (\d{1,2})$/u;

function numbered(name: string, number: number): string {
  const suffix = ` ${number}`;
  return `${cleanText(beginning(name, AVATAR_NAME_MAX_LENGTH - suffix.length))}${suffix}`;
}

/** The first words of the first clause, cut before a conjunction or preposition. */
function subjectOf(prompt: string): string[] {
  const clause = prompt.split(CLAUSE_END).find(isVisible) ?? '';
  const text = clause.trim().split(/\s+/u).slice(0, PROMPT_WORD_COUNT);
  const link = text.findIndex((word, index) => index > 1 && LINKING.has(word.toLowerCase()));
  const subject = link === -1 ? text : text.slice(0, link);
  while (subject.length > 1 && TRAILING.has(subject.at(-1)!.toLowerCase())) subject.pop();
  return subject;
}
