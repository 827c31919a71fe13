import { ApiProblem } from '../problem.ts';

const MAX_LENGTH = 255;
/** What RFC 8941 allows inside a quoted string, and what we allow without quotes. */
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

/**
 * The key of an Idempotency-Key header, plain or quoted; both spellings are one key.
 * @returns undefined when there is no header
 * @throws ApiProblem validation_failed
 */
export function parseIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const written = header.trim();
  const quoted = QUOTED.exec(written)?.[1];
  const key = quoted === undefined ? written : quoted.replaceAll(/\\(["\\])/g, '$1');
  const isBroken = quoted === undefined && key.startsWith('"');
  if (isBroken || key.length === 0 || key.length > MAX_LENGTH || !PRINTABLE_ASCII.test(key)) {
    throw new ApiProblem('validation_failed', {
      errors: [{ path: 'Idempotency-Key', message: `must have 1 to ${MAX_LENGTH} printable ASCII characters` }],
    });
  }
  return key;
}
