import { ApiProblem } from '../problem.ts';

const MAX_LENGTH = 255;
/** RFC 8941 allows these inside a quoted string; we allow them without quotes as well. */
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

/**
 * The key of an Idempotency-Key header. A plain and a quoted spelling are the same key.
 * @returns undefined when there is no header
 * @throws ApiProblem validation_failed
 */
export function parseIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const value = header.trim();
  const quoted = QUOTED.exec(value)?.[1];
  const key = quoted === undefined ? value : quoted.replaceAll(/\\(["\\])/g, '$1');
  const isUnclosed = quoted === undefined && key.startsWith('"');
  if (isUnclosed || key.length === 0 || key.length > MAX_LENGTH || !PRINTABLE_ASCII.test(key)) {
    throw new ApiProblem('validation_failed', {
      errors: [{ path: 'Idempotency-Key', message: `must have 1 to ${MAX_LENGTH} printable ASCII characters` }],
    });
  }
  return key;
}
