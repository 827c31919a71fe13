import { z } from 'zod';

/**
 * Text as people mean it: NFC-normalised, trimmed, without control characters other than line breaks, bounded in
 * characters people count (code points), not UTF-16 units.
 */
export function text(maxLength: number, minLength = 1) {
  return z
    .string()
    .max(maxLength * 4)
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => length(value) >= minLength, {
      error: `must have at least ${minLength} character${minLength === 1 ? '' : 's'}`,
    })
    .refine((value) => length(value) <= maxLength, { error: `must have at most ${maxLength} characters` })
    .refine((value) => !CONTROL.test(value), { error: 'must not contain control characters' })
    .meta({ type: 'string', minLength, maxLength });
}

// Postgres refuses NUL in text, half a surrogate pair is no character, and no other control character belongs in a prompt.
const CONTROL = /\p{Cs}|(?![\n\r\t])\p{Cc}/u;

function length(value: string): number {
  return [...value].length;
}

/** Lower case, as Postgres writes it: one id has one spelling in keys, names and events. */
export const uuid = z.uuid().toLowerCase().meta({ description: 'UUID' });
export const timestamp = z.iso.datetime().meta({ description: 'UTC, ISO 8601' });
/** The path's parameters of a route about one thing. */
export const byId = z.strictObject({ id: uuid });
