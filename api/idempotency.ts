import { createHash } from 'node:crypto';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { ApiProblem } from './problem.ts';

/** Any fixed UUID will do; it keeps our ids apart from those of other namespaces. */
const NAMESPACE = '0f6f0e0c-8f4b-5a8e-9d57-6f9a4a3f6b11';

/**
 * The id of the resource that a POST creates. The same account, route and key always give the same id, so the primary key prevents a
 * second row. Without a key it is a new id that sorts by time.
 * @param route method and path template
 */
export function idFor(accountId: string, route: string, idempotencyKey: string | undefined): string {
  return idempotencyKey === undefined ? uuidv7() : uuidv5(`${accountId} ${route} ${idempotencyKey}`, NAMESPACE);
}

/**
 * SHA-256 of a request, hexadecimal: equal for equal requests, whatever the order of their fields.
 * @param request the validated body with the path's parameters
 */
export function requestHash(request: unknown): string {
  return createHash('sha256').update(canonical(request)).digest('hex');
}

/**
 * Compares a request with the stored one of the same Idempotency-Key.
 * @throws ApiProblem idempotency_mismatch
 */
export function assertSameRequest(stored: { readonly requestHash: string | null }, hash: string): void {
  if (stored.requestHash !== hash) throw new ApiProblem('idempotency_mismatch');
}

/** JSON with sorted keys, without undefined fields. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}
