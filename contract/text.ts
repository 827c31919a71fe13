import { z } from 'zod';
import { CODE_POINTS_PER_CHARACTER, codePointsOf, fits } from '#domain/text/characters.ts';
import { cleanText, isVisible } from '#domain/text/visible-text.ts';

/**
 * User-written text, cleaned as in domain/text: a required one has something that a person can see. Its length is bounded in characters as
 * a reader counts them, before and after. The JSON Schema states the same rules, in words where it has no keyword.
 */
export function text(maxLength: number, minLength: 0 | 1 = 1) {
  return typed(maxLength, { isOptional: minLength === 0, codePointsMax: maxLength * CODE_POINTS_PER_CHARACTER }).meta({
    type: 'string',
    minLength,
    // In code points, which are never fewer. More, as composed characters have, are accepted, which no keyword can say.
    maxLength,
    pattern: minLength === 0 ? PLAIN : PLAIN_WITH_A_LETTER,
    description: `At most ${maxLength} characters, as a reader counts them: extended grapheme clusters, of ${CODE_POINTS_PER_CHARACTER} code points on average`,
  });
}

/** A key that programs give things: text as above, of at most so many code points. */
export function identifier(maxLength: number) {
  return typed(maxLength, { isOptional: false, codePointsMax: maxLength }).meta({
    type: 'string',
    minLength: 1,
    maxLength,
    pattern: PLAIN_WITH_A_LETTER,
  });
}

/** A program's text, stored as it was sent; at most so many code points. */
export function exactText(maxLength: number, minLength: 0 | 1) {
  return z
    .string()
    .refine((value) => codePointsOf(value) <= maxLength, { error: `must have at most ${maxLength} characters` })
    .refine((value) => !CONTROL.test(value), { error: 'must not contain control characters' })
    .refine((value) => minLength === 0 || value.trim() !== '', { error: 'must have at least 1 character' })
    .meta({ minLength, maxLength, pattern: minLength === 0 ? PLAIN : PLAIN_WITH_A_LETTER });
}

function typed(
  maxLength: number,
  { isOptional, codePointsMax }: { readonly isOptional: boolean; readonly codePointsMax: number },
) {
  const error = `must have at most ${maxLength} characters`;
  const isShortEnough = (value: string) => fits(value, maxLength) && codePointsOf(value) <= codePointsMax;
  return z
    .string()
    .refine(isShortEnough, { error, abort: true })
    .refine((value) => !CONTROL.test(value), { error: 'must not contain control characters' })
    .transform(cleanText)
    .refine((value) => isOptional || isVisible(value), { error: 'must have at least 1 character that can be seen' })
    .refine(isShortEnough, { error });
}

// Postgres rejects NUL and lone surrogates in text, and no other control character belongs in a prompt.
const CONTROL = /\p{Cs}|(?![\n\r\t])\p{Cc}/u;
/** The same rule for JSON Schema validators without Unicode property escapes. */
const NO_TEXT = String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`;
/** What shows nothing, and marks, which need a letter before them. */
const UNSEEN = String.raw`\u00AD\u0300-\u036F\u0483-\u0489\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB`;
const PLAIN = `^[^${NO_TEXT}]*$`;
const PLAIN_WITH_A_LETTER = String.raw`^[^${NO_TEXT}]*[^\s${UNSEEN}${NO_TEXT}][^${NO_TEXT}]*$`;

/** A boolean query parameter. */
export const flag = z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }).meta({ type: 'boolean' });

/** Lower case, as Postgres writes it, so that an id has one spelling in keys, names and events. */
export const uuid = z.uuid().toLowerCase().meta({ description: 'UUID' });
export const timestamp = z.iso.datetime().meta({ description: 'UTC, ISO 8601' });
/** Path parameters of a route about one resource. */
export const byId = z.strictObject({ id: uuid });
