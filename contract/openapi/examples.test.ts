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

function check(schema: z.ZodType): void {
  const examples = examplesOf(schema);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) schema.parse(example);
}

describe('the example', () => {
  it.each(bodies)('of the body of %s is valid', (_name, body) => check(body));
  it.each(replies)('of what %s answers with %s is valid', (_name, _status, reply) => check(reply));

  it.each(Object.entries(createOpenApiDocument().components['examples']!))(
    'of the problem %s is one',
    (code, example) => {
      const { value } = example as { value: unknown };
      expect(problem.parse(value)).toMatchObject({ code, ...PROBLEMS[code as ProblemCode] });
    },
  );
});
