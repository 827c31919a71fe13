import { z } from 'zod';
import { EVENTS, type EventName } from './events.ts';
import { PROBLEMS, type ProblemCode } from './problem.ts';
import { API_BASE, EVENT_STREAM, NO_CONTENT, ZIP_FILE, type ReplySchema, type Route } from './route.ts';
import { ROUTES } from './routes.ts';

type Json = { [key: string]: unknown };

const SCHEMA_PATH = '#/components/schemas/';
/** Zod writes the safe integer bounds on every integer; nobody needs to read them. */
const IMPLIED_BOUNDS = [
  ['minimum', Number.MIN_SAFE_INTEGER],
  ['maximum', Number.MAX_SAFE_INTEGER],
] as const;

export interface OpenApiDocument extends Json {
  readonly paths: Record<string, Record<string, Json>>;
  readonly components: { readonly schemas: Record<string, Json>; readonly securitySchemes: Json };
}

/** The OpenAPI 3.1 document of every route, from the same schemas that validate requests and type answers. */
export function createOpenApiDocument(routes: Readonly<Record<string, Route>> = ROUTES): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const [operationId, route] of Object.entries(routes)) {
    const path = (route.base ?? API_BASE) + route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(operationId, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Avatar Studio',
      version: '1',
      description: 'Make avatars; every making is one durable workflow, charged if and only if it was delivered.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [...new Set(Object.values(routes).map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operationOf(operationId: string, route: Route): Json {
  const parameters = [
    ...parametersOf('path', route.params),
    ...parametersOf('query', route.query),
    ...(route.idempotent ? [IDEMPOTENCY_KEY] : []),
  ];
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.access === 'public'
      ? { security: [] }
      : { description: `Services need the scope \`${route.access}\` and name the user in X-On-Behalf-Of.` }),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: {
        required: !route.body.safeParse(undefined).success,
        content: { 'application/json': { schema: inlineSchema(route.body) } },
      },
    }),
    responses: { ...repliesOf(route), ...problemsOf(route) },
  };
}

const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same body gives the same resource, with another body 422.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function parametersOf(place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties, required } = z.toJSONSchema(schema, { io: 'input', override: withoutImpliedBounds });
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: required?.includes(name) ?? false,
    schema: property,
  }));
}

function repliesOf(route: Route): Json {
  return Object.fromEntries(
    Object.entries(route.replies).map(([status, schema]) => [
      status,
      {
        description: status === '202' ? 'Accepted' : 'OK',
        ...(status === '201' || status === '202' ? { headers: { Location: { schema: { type: 'string' } } } } : {}),
        ...(schema !== NO_CONTENT && { content: contentOf(schema) }),
      },
    ]),
  );
}

function contentOf(schema: Exclude<ReplySchema, typeof NO_CONTENT>): Json {
  if (schema === ZIP_FILE) return { 'application/zip': { schema: { type: 'string', format: 'binary' } } };
  if (schema !== EVENT_STREAM) return { 'application/json': { schema: inlineSchema(schema) } };
  const names = (Object.keys(EVENTS) as EventName[]).join(', ');
  return {
    'text/event-stream': {
      schema: {
        type: 'string',
        description: `Events ${names}, each with its schema's JSON as data; first a snapshot.`,
      },
    },
  };
}

function problemsOf(route: Route): Json {
  const codes = new Set<ProblemCode>(['internal', 'unavailable', 'rate_limited', ...(route.problems ?? [])]);
  if (route.access !== 'public') codes.add('unauthorized').add('forbidden');
  if (route.params) codes.add('not_found');
  if (route.body ?? route.query ?? route.idempotent) codes.add('validation_failed');
  if (route.body) codes.add('payload_too_large').add('unsupported_media');
  if (route.idempotent) codes.add('idempotency_mismatch');
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      {
        description: [...list].join(', '),
        content: { 'application/problem+json': { schema: { $ref: `${SCHEMA_PATH}Problem` } } },
      },
    ]),
  );
}

/** A schema where it is used: a reference when it has a name. */
function inlineSchema(schema: z.ZodType): Json {
  const id = schema.meta()?.id ?? (schema instanceof z.ZodOptional ? innerId(schema) : undefined);
  if (id === undefined) throw new Error('A body or reply without a name: give its schema an id');
  return { $ref: `${SCHEMA_PATH}${id}` };
}

function innerId(schema: z.ZodOptional): string | undefined {
  return (schema.unwrap() as z.ZodType).meta()?.id;
}

function namedSchemas(): Record<string, Json> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: 'input',
    uri: (id) => SCHEMA_PATH + id,
    override: withoutImpliedBounds,
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _s, $id: _i, ...schema }]) => [id, schema]));
}

function withoutImpliedBounds({ jsonSchema }: { jsonSchema: Json }): void {
  for (const [bound, implied] of IMPLIED_BOUNDS) if (jsonSchema[bound] === implied) delete jsonSchema[bound];
}
