import type { z } from 'zod';
import { misspelledVariables } from '#domain/configuration/misspelled-variables.ts';

/**
 * The environment of a process, validated. An empty variable is an unset one, as in a shell's `${X:-}`.
 *
 * @throws Error with a one-line message that names each wrong variable and its fault
 */
export function readVariables<Schema extends z.ZodType>(
  schema: Schema,
  source: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(set);
  const misspelled = misspelledVariables(Object.keys(set));
  if (result.success && misspelled.length === 0) return result.data;
  const invalid = result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  throw new Error(`The environment is wrong: ${[...misspelled, ...invalid].join('; ')}`);
}
