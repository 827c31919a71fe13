import { randomUUID } from 'node:crypto';
import { toJsonSchema } from '#contract/openapi/schemas.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';

type NamedRoute = readonly [RouteName, Route];

const routes = Object.entries(ROUTES) as NamedRoute[];

export const routesWhere = (matches: (route: Route) => boolean) => routes.filter(([, route]) => matches(route));

/** An id that does not exist. */
export const MISSING_ID = randomUUID();

/** An id that does not exist, or the first value where the path takes an enum. */
export function idFor({ params }: Route): string {
  const [property] = Object.values((params && toJsonSchema(params).properties) ?? {}) as { enum?: string[] }[];
  return property?.enum?.[0] ?? MISSING_ID;
}
