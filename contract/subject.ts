import { z } from 'zod';

export const SUBJECT_MAX_LENGTH = 255;
/** Prefix of services' own accounts; a user's subject must not begin with it. */
export const SERVICE_SUBJECT_PREFIX = 'service|';
/** Postgres rejects NUL and lone surrogates; other control characters have no use in a subject. */
export const NO_CONTROL_CHARACTERS = /^[^\p{Cc}\p{Cs}]*$/u;

/**
 * In a header: OpenID Connect's subjects are ASCII, other bytes have no defined encoding there, and repeated headers are joined with
 * a comma.
 */
const HEADER_SUBJECT = /^[ -+\--~]*$/;

/** A user's `sub`, in a token, a header or a payment. */
export const userSubject = z
  .string()
  .min(1)
  .max(SUBJECT_MAX_LENGTH)
  .regex(NO_CONTROL_CHARACTERS)
  .refine((subject) => !subject.startsWith(SERVICE_SUBJECT_PREFIX))
  // The same rule for JSON Schema validators without Unicode property escapes.
  .meta({ pattern: String.raw`^(?!service\|)[^\u0000-\u001F\u007F-\u009F]*$` });

/** The user that a service acts for, in X-On-Behalf-Of. */
export const onBehalfOfSubject = userSubject.regex(HEADER_SUBJECT);
