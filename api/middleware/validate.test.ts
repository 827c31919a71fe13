import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiProblem } from '../problem.ts';
import { validate, validateParams } from './validate.ts';

const body = z.strictObject({ name: z.string(), deep: z.strictObject({ age: z.number() }).optional() });

function problemOf(work: () => unknown): ApiProblem {
  try {
    work();
  } catch (error) {
    return error as ApiProblem;
  }
  throw new Error('Nothing was thrown');
}

describe('validate', () => {
  it('returns the parsed value', () => {
    expect(validate(z.object({ limit: z.coerce.number() }), { limit: '5' })).toEqual({ limit: 5 });
  });

  it('names the path of each error', () => {
    const { code, details } = problemOf(() => validate(body, { name: 1, deep: { age: 'x' } }));
    expect(code).toBe('validation_failed');
    expect(details.errors?.map(({ path }) => path)).toEqual(['name', 'deep.age']);
  });

  it('names every unknown field', () => {
    const { details } = problemOf(() => validate(body, { name: 'a', color: 1, deep: { age: 1, hat: 2, coat: 3 } }));
    expect(details.errors).toEqual(
      expect.arrayContaining(
        ['color', 'deep.hat', 'deep.coat'].map((path) => ({ path, message: 'is not a known field' })),
      ),
    );
  });

  it('never lists more than twenty errors', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, index]));
    const { details } = problemOf(() => validate(body, { name: 'a', ...many }));
    expect(details.errors).toHaveLength(20);
  });

  it('answers not_found for a malformed id in the path', () => {
    const { code } = problemOf(() => validateParams(z.strictObject({ id: z.uuid() }), { id: 'x' }));
    expect(code).toBe('not_found');
  });
});
