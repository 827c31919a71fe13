import { expect, it } from 'vitest';
import { z } from 'zod';
import { readVariables } from './read-variables.ts';

const schema = z.object({ API_PORT: z.coerce.number().int().default(8_080), GCS_BUCKET: z.string() });
const read = (source: Record<string, string>) => readVariables(schema, source);

it('takes an empty variable for an unset one', () => {
  expect(read({ API_PORT: '', GCS_BUCKET: 'avatars' })).toEqual({ API_PORT: 8_080, GCS_BUCKET: 'avatars' });
});

it('names each invalid and each misspelled variable in one line', () => {
  expect(() => read({ API_PORT: 'x', GCS_BUKET: 'avatars' })).toThrow(
    /^The environment is wrong: .*GCS_BUKET.*; API_PORT: .*; GCS_BUCKET: .*$/u,
  );
});
