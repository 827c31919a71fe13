import type { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../openapi.ts';
import { problem, PROBLEMS, type ProblemCode } from '../problem.ts';
import type { Route } from '../route.ts';
import { ROUTES } from '../routes.ts';
import { examplesOf } from './schemas.ts';

const routes = Object.entries(ROUTES) as [string, Route][];
const bodies = routes.flatMap(([name, { body }]) => (body ? [[name, body] as const] : []));
const replies = routes.flatMap(([name, route]) =>
  Object.entries(route.replies).flatMap(([status, reply]) =>
    typeof reply === 'string' ? [] : [[name, status, reply] as const],
  ),
);

/** The validation errors of a schema's examples. */
function faultsOf(schema: z.ZodType): readonly string[] {
  const examples = examplesOf(schema);
  if (examples.length === 0) return ['there is none'];
  return examples.flatMap((example) => schema.safeParse(example).error?.issues.map(({ message }) => message) ?? []);
}

describe('the OpenAPI examples', () => {
  it.each(bodies)('match the request body schema of %s', (_name, body) => {
    expect(faultsOf(body)).toEqual([]);
  });
  it.each(replies)('match the response schema of %s with status %s', (_name, _status, reply) => {
    expect(faultsOf(reply)).toEqual([]);
  });

  it.each(Object.entries(createOpenApiDocument().components['examples']!))(
    'match the problem schema for %s',
    (code, example) => {
      const { value } = example as { value: unknown };
      expect(problem.parse(value)).toMatchObject({ code, ...PROBLEMS[code as ProblemCode] });
    },
  );
});
