import { z } from 'zod';

export const SUBJECT_MAX_LENGTH = 255;
/** Services' own accounts live under this prefix; a person's subject may not begin with it. */
export const SERVICE_SUBJECT_PREFIX = 'service|';
/** Postgres takes no NUL and no half of a character, and nobody needs the others in a name. */
export const NO_CONTROL_CHARACTERS = /^[^\p{Cc}\p{Cs}]*$/u;

/**
 * Of a header: OpenID Connect's subjects are ASCII, other bytes have no agreed meaning there, and a comma is what a header that was
 * sent twice is joined with.
 */
const HEADER_SUBJECT = /^[ -+\--~]*$/;

/** A person's `sub`, as a token, a header or a payment names it. */
export const userSubject = z
  .string()
  .min(1)
  .max(SUBJECT_MAX_LENGTH)
  .regex(NO_CONTROL_CHARACTERS)
  .refine((subject) => !subject.startsWith(SERVICE_SUBJECT_PREFIX))
  // The same for readers of JSON Schema whose expressions know no properties of characters.
  .meta({ pattern: String.raw`^(?!service\|)[^\u0000-\u001F\u007F-\u009F]*$` });

/** The one user that a service speaks for, in X-On-Behalf-Of. */
export const onBehalfOfSubject = userSubject.regex(HEADER_SUBJECT);
