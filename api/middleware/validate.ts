import type { z } from 'zod';
import { ApiProblem, notFound } from '../problem.ts';

/** More errors don't help, and a response should not be much larger than the request. */
const MAX_ERRORS = 20;

/** @throws ApiProblem validation_failed, with the path and message of each error */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown, pathPrefix = ''): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ApiProblem('validation_failed', {
    errors: result.error.issues.flatMap(toFieldErrors(pathPrefix)).slice(0, MAX_ERRORS),
  });
}

/**
 * An id that can't exist gets the same answer as one that doesn't.
 * @throws ApiProblem not_found
 */
export function validateParams<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw notFound();
}

function toFieldErrors(pathPrefix: string) {
  return (issue: z.core.$ZodIssue) => {
    const pathOf = (...more: string[]) => [pathPrefix, ...issue.path.map(String), ...more].filter(Boolean).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(), message: issue.message }];
    return issue.keys.map((key) => ({ path: pathOf(key), message: 'is not a known field' }));
  };
}
