import { z } from 'zod';
import type { Route } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';

/** One way of asking a route. */
export interface ListRequest {
  readonly name: RouteName;
  readonly query: Readonly<Record<string, string>>;
}

/** Rows a page: more than the default, as the web asks for. */
const LIMIT = '50';

/** What people look for, where a query takes any text; a list may be asked for with each of these. */
export type Samples = Readonly<Record<string, readonly string[]>>;

/** Every route that answers with what it has read, as JSON. */
export function readingRoutes(): RouteName[] {
  return (Object.entries(ROUTES) as [RouteName, Route][])
    .filter(([, { method, replies }]) => {
      const isJson = Object.values(replies).every((reply) => typeof reply !== 'string');
      return method === 'get' && isJson;
    })
    .map(([name]) => name);
}

/** True for a list in pages. */
export function isList(name: RouteName): boolean {
  const { query }: Route = ROUTES[name];
  return query !== undefined && 'cursor' in query.shape;
}

/**
 * A route as it may be asked: plainly, by each filter, in each order, and by all filters at once.
 * @throws when the route has a filter that nobody gave a sample for: a new list is looked at, or the test fails
 */
export function requestsOf(name: RouteName, samples: Samples): ListRequest[] {
  const { query }: Route = ROUTES[name];
  const plain: Record<string, string> = isList(name) ? { limit: LIMIT } : {};
  const choices = Object.entries(query?.shape ?? {})
    .filter(([key]) => key !== 'limit' && key !== 'cursor')
    .map(([key, schema]) => [key, valuesOf(name, key, schema as z.ZodType, samples)] as const);
  const required = Object.fromEntries(
    choices
      .filter(([key]) => !query?.shape[key]?.safeParse(undefined).success)
      .map(([key, values]) => [key, values[0] ?? '']),
  );
  const single = choices.flatMap(([key, values]) => values.map((value) => ({ [key]: value })));
  const ordered = pairs(choices, 'sort', 'order');
  const everything = Object.fromEntries(choices.map(([key, values]) => [key, values.at(-1) ?? '']));
  return [{}, ...single, ...ordered, everything].map((input) => ({ name, query: { ...plain, ...required, ...input } }));
}

function pairs(
  choices: readonly (readonly [string, readonly string[]])[],
  one: string,
  other: string,
): Record<string, string>[] {
  const of = (key: string) => choices.find(([name]) => name === key)?.[1] ?? [];
  return of(one).flatMap((a) => of(other).map((b) => ({ [one]: a, [other]: b })));
}

function valuesOf(name: RouteName, key: string, schema: z.ZodType, samples: Samples): readonly string[] {
  const given = samples[`${name}.${key}`] ?? samples[key];
  if (given !== undefined) return given;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  if (json.enum !== undefined) return json.enum.map(String);
  throw new Error(`${name} can be asked by ${key}: give a sample of it`);
}
