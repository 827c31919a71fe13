import { z } from 'zod';
import { lengthOf } from '#domain/prompt/prompt-text.ts';

/**
 * User-written text: NFC-normalized, trimmed, without control characters other than line breaks. Its length is bounded in
 * code points, not UTF-16 units, before and after. The JSON Schema states the same rules.
 */
export function text(maxLength: number, minLength = 1) {
  return z
    .string()
    .refine((value) => lengthOf(value) <= maxLength, {
      error: `must have at most ${maxLength} characters`,
      abort: true,
    })
    .refine((value) => !CONTROL.test(value), { error: 'must not contain control characters' })
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => lengthOf(value) >= minLength, {
      error: `must have at least ${minLength} character${minLength === 1 ? '' : 's'}`,
    })
    .refine((value) => lengthOf(value) <= maxLength, { error: `must have at most ${maxLength} characters` })
    .meta({ type: 'string', minLength, maxLength, pattern: minLength === 0 ? PLAIN : PLAIN_WITH_A_LETTER });
}

// Postgres rejects NUL and lone surrogates in text, and no other control character belongs in a prompt.
const CONTROL = /\p{Cs}|(?![\n\r\t])\p{Cc}/u;
/** The same rule for JSON Schema validators without Unicode property escapes. */
const NO_TEXT = String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`;
const PLAIN = `^[^${NO_TEXT}]*$`;
const PLAIN_WITH_A_LETTER = String.raw`^[^${NO_TEXT}]*[^\s\uFEFF${NO_TEXT}][^${NO_TEXT}]*$`;

/** A boolean query parameter. */
export const flag = z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }).meta({ type: 'boolean' });

/** Lower case, as Postgres writes it, so that an id has one spelling in keys, names and events. */
export const uuid = z.uuid().toLowerCase().meta({ description: 'UUID' });
export const timestamp = z.iso.datetime().meta({ description: 'UTC, ISO 8601' });
/** Path parameters of a route about one resource. */
export const byId = z.strictObject({ id: uuid });
