import type { z } from 'zod';

/** The first example of a schema, for schemas that contain it. @throws Error when it has none */
export function exampleOf<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  const examples = schema.meta()?.['examples'];
  if (!Array.isArray(examples)) throw new Error('A schema without an example');
  return schema.parse(examples[0]);
}
