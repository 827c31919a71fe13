import { METADATA_MAX_PAIRS, metadataKey, metadataValue } from '#contract/usage.ts';
import { ApiProblem } from '../problem.ts';
import { type JsonMember, membersOf } from './json-members.ts';

/** Digits, sign and exponent: as long as the longest text. */
const NUMBER_MAX_LENGTH = 200;
const NUMBER = /^-?\d/;
/** TypeScript does not know it yet. */
const { rawJSON } = JSON as typeof JSON & { readonly rawJSON: (json: string) => unknown };

/**
 * The metadata of a body as JSON text with each pair as it was sent: `JSON.parse` would round long numbers, and merge or drop keys.
 * @param body JSON that has passed the contract's schema
 * @throws ApiProblem validation_failed, which names the pair that can't be stored as it was sent
 */
export function exactMetadata(body: string): string {
  const [metadata = { key: 'metadata', json: '{}' }, again] = membersOf(body).filter(({ key }) => key === 'metadata');
  if (again) throw invalid('metadata', 'was sent more than once');
  const pairs = membersOf(metadata.json);
  if (pairs.length > METADATA_MAX_PAIRS) throw invalid('metadata', `must have at most ${METADATA_MAX_PAIRS} pairs`);
  const keys = new Set<string>();
  for (const pair of pairs) {
    const fault = keys.has(pair.key) ? 'was sent more than once' : faultOf(pair);
    if (fault !== undefined) throw invalid(`metadata.${pair.key}`, fault);
    keys.add(pair.key);
  }
  return `{${pairs.map(({ key, json }) => `${JSON.stringify(key)}:${json}`).join(',')}}`;
}

function faultOf({ key, json }: JsonMember): string | undefined {
  const value = JSON.parse(json) as unknown;
  const error = metadataKey.safeParse(key).error ?? metadataValue.safeParse(value).error;
  if (error) return error.issues[0]!.message;
  return NUMBER.test(json) ? numberFault(json, Number(json)) : undefined;
}

function numberFault(json: string, value: number): string | undefined {
  if (json.length > NUMBER_MAX_LENGTH) return `must have at most ${NUMBER_MAX_LENGTH} characters: send it as text`;
  if (Object.is(value, -0)) return 'can’t be stored as it was sent: send 0, or a text';
  return undefined;
}

function invalid(path: string, message: string): ApiProblem {
  return new ApiProblem('validation_failed', { errors: [{ path, message }] });
}

/**
 * Stored metadata for a response, with each number in all its digits.
 * @param json as Postgres writes it
 */
export function presentMetadata(json: string): Record<string, unknown> {
  // Without a prototype, so that `__proto__` is a key like any other.
  const metadata = Object.create(null) as Record<string, unknown>;
  for (const { key, json: value } of membersOf(json)) {
    metadata[key] = NUMBER.test(value) ? rawJSON(value) : JSON.parse(value);
  }
  return metadata;
}
