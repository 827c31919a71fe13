import { describeApi, tagsOf } from './openapi/about.ts';
import { COMPONENT_HEADERS } from './openapi/headers.ts';
import type { Json } from './openapi/json.ts';
import { operationOf } from './openapi/operation.ts';
import { COMPONENT_PARAMETERS } from './openapi/parameters.ts';
import { problemExamples } from './openapi/problems.ts';
import { ROOT_PATHS } from './openapi/root-paths.ts';
import { namedSchemas } from './openapi/schemas.ts';
import { SECURITY_SCHEMES } from './openapi/security.ts';
import { API_BASE, type Route } from './route.ts';
import { ROUTES } from './routes.ts';

export interface OpenApiDocument extends Json {
  readonly paths: Record<string, Record<string, Json>>;
  readonly components: { readonly schemas: Record<string, Json>; readonly [kind: string]: Json };
}

/** The OpenAPI 3.1 document of every route, from the schemas that validate requests and type responses. */
export function createOpenApiDocument(routes: Readonly<Record<string, Route>> = ROUTES): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const [operationId, route] of Object.entries(routes)) {
    const path = documentedPath(route);
    paths[path] = { ...paths[path], [route.method]: operationOf(operationId, route) };
  }
  return {
    openapi: '3.1.0',
    info: describeApi(),
    servers: [{ url: '/', description: 'Path of this document' }],
    tags: tagsOf(Object.values(routes)),
    paths: { ...paths, ...ROOT_PATHS },
    components: {
      schemas: namedSchemas(),
      parameters: COMPONENT_PARAMETERS,
      headers: COMPONENT_HEADERS,
      examples: problemExamples(Object.values(routes)),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

/** A route's path as OpenAPI writes it, with its base. */
function documentedPath({ base, path }: Pick<Route, 'base' | 'path'>): string {
  return (base ?? API_BASE) + path.replace(/:(\w+)/g, '{$1}');
}
