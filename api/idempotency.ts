import { createHash } from 'node:crypto';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';

/** Any fixed UUID will do; it keeps our names apart from everybody else's. */
const NAMESPACE = '0f6f0e0c-8f4b-5a8e-9d57-6f9a4a3f6b11';

/**
 * The id of what a POST creates: the same account, route and key always give the same one, so the primary key itself refuses a
 * second. Without a key, a new one that sorts by time.
 * @param route method and path template
 */
export function idFor(accountId: string, route: string, idempotencyKey: string | undefined): string {
  return idempotencyKey === undefined ? uuidv7() : uuidv5(`${accountId} ${route} ${idempotencyKey}`, NAMESPACE);
}

/**
 * SHA-256 of what was asked, hexadecimal: equal for requests that mean the same, whatever the order of their fields.
 * @param request the validated body with the path's parameters
 */
export function requestHash(request: unknown): string {
  return createHash('sha256').update(canonical(request)).digest('hex');
}

/** JSON with sorted keys; what is undefined is not there. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}
