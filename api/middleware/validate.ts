import type { z } from 'zod';
import { ApiProblem, notFound } from '../problem.ts';

/** More is noise, and an attacker's answer should not outgrow their request. */
const MAX_ERRORS = 20;

/** @throws ApiProblem validation_failed, with the path and message of each error */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown, where = ''): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ApiProblem('validation_failed', {
    errors: result.error.issues.flatMap(describe(where)).slice(0, MAX_ERRORS),
  });
}

/** An id that can't exist is answered like one that doesn't. */
export function validateParams<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw notFound();
}

function describe(where: string) {
  return (issue: z.core.$ZodIssue) => {
    const at = (...more: string[]) => [where, ...issue.path.map(String), ...more].filter(Boolean).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path: at(), message: issue.message }];
    return issue.keys.map((key) => ({ path: at(key), message: 'is not a known field' }));
  };
}
