import { z } from 'zod';
import type { Route } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import { rowsOf } from '../support/long-run.ts';

/** A GET request to a route. */
export interface ListRequest {
  readonly name: RouteName;
  readonly query: Readonly<Record<string, string>>;
}

/** Rows per page: more than the default, as the page requests. */
const LIMIT = '50';

/** Sample values for query parameters that take any text, by parameter or by `route.parameter`. */
export type Samples = Readonly<Record<string, readonly string[]>>;

/** Every GET route that answers with JSON. */
export function readingRoutes(): RouteName[] {
  return (Object.entries(ROUTES) as [RouteName, Route][])
    .filter(([, { method, replies }]) => {
      const isJson = Object.values(replies).every((reply) => typeof reply !== 'string');
      return method === 'get' && isJson;
    })
    .map(([name]) => name);
}

/** True for a paginated list. */
export function isList(name: RouteName): boolean {
  const { query }: Route = ROUTES[name];
  return query !== undefined && 'cursor' in query.shape;
}

/**
 * Requests to a route: without filters, with each filter, in each sort order, and with all filters at once.
 * @throws Error when a filter has no sample, so that a new list cannot stay untested
 */
export function requestsOf(name: RouteName, samples: Samples): ListRequest[] {
  const { query }: Route = ROUTES[name];
  const page: Record<string, string> = isList(name) ? { limit: LIMIT } : {};
  const choices = Object.entries(query?.shape ?? {})
    .filter(([key]) => key !== 'limit' && key !== 'cursor')
    .map(([key, schema]) => [key, valuesOf(name, key, schema as z.ZodType, samples)] as const);
  const required = Object.fromEntries(
    choices
      .filter(([key]) => !query?.shape[key]?.safeParse(undefined).success)
      .map(([key, values]) => [key, values[0] ?? '']),
  );
  const single = choices.flatMap(([key, values]) => values.map((value) => ({ [key]: value })));
  const sorted = pairs(choices, 'sort', 'direction');
  const all = Object.fromEntries(choices.map(([key, values]) => [key, values.at(-1) ?? '']));
  return [{}, ...single, ...sorted, all].map((input) => ({ name, query: { ...page, ...required, ...input } }));
}

function pairs(
  choices: readonly (readonly [string, readonly string[]])[],
  first: string,
  second: string,
): Record<string, string>[] {
  const of = (key: string) => choices.find(([name]) => name === key)?.[1] ?? [];
  return of(first).flatMap((a) => of(second).map((b) => ({ [first]: a, [second]: b })));
}

function valuesOf(name: RouteName, key: string, schema: z.ZodType, samples: Samples): readonly string[] {
  const given = samples[`${name}.${key}`] ?? samples[key];
  if (given !== undefined) return given;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const { enum: all } = json;
  // The plan depends on the sort order, but seldom on which of its values a filter has.
  const isChosen = (_: unknown, at: number): boolean => key === 'sort' || at === 0 || at + 1 === all?.length;
  if (all !== undefined) return rowsOf('lists', all, isChosen).map(String);
  throw new Error(`${name} has a filter ${key} without a sample: add one`);
}
