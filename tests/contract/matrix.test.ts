import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '#contract/profile.ts';
import { examplesOf, toJsonSchema } from '#contract/openapi/schemas.ts';
import type { ProblemCode } from '#contract/problem.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import { problemOf } from '../api/api-client.ts';
import type { TestUser } from '../api/serve-api.ts';
import { testApi } from '../api/test-api.ts';
import { exampleRequests, send, type Request } from './matrix/send-request.ts';
import {
  type Resources,
  createResources,
  idFields,
  idIn,
  KIND_OF_FIELD,
  missingResources,
  withIds,
} from './matrix/resources.ts';
import { bearer, type Caller, INVALID_TOKENS, authorizedCaller, serviceFor, tokens, verify } from './matrix/callers.ts';
import { mutationsOf } from './matrix/mutations.ts';
import { image } from './matrix/image.ts';
import { queryMutationsOf } from './matrix/query-mutations.ts';

type Named = readonly [RouteName, Route];

const studio = testApi({ verify, demoTokens: tokens });
const routes = Object.entries(ROUTES) as Named[];
const named = (wanted: (route: Route) => boolean) => routes.filter(([, route]) => wanted(route));
const closed = named(({ access }) => access !== 'public');
/** An id that nobody has. */
const NOBODYS = randomUUID();

let me: TestUser;
let other: TestUser;
let theirs: Resources;

beforeAll(async () => {
  [me, other] = await Promise.all([studio.user({ tier: 'pro' }), studio.user({ tier: 'pro' })]);
  theirs = await createResources(studio, other);
});

/** Nobody's, or where a path names one of a few the first of them. */
function idFor({ params }: Route): string {
  const [property] = Object.values((params && toJsonSchema(params).properties) ?? {}) as { enum?: string[] }[];
  return property?.enum?.[0] ?? NOBODYS;
}

function isText(fields: z.ZodObject, name: string): boolean {
  const property = toJsonSchema(fields).properties?.[name];
  return typeof property === 'object' && property.type === 'string';
}

async function requestsOf(route: Route): Promise<readonly Request[]> {
  return exampleRequests(route, idFor(route), await image());
}

async function refusal(route: Route, caller: Caller, request: Request): Promise<{ status: number; code: ProblemCode }> {
  const { status, code } = await problemOf(await send(studio.address, route, caller, request));
  return { status, code };
}

const OWN_TO_EACH = new Set(['date', 'x-request-id', 'ratelimit', 'etag']);

/** An answer without what differs from one request to the next: the id asked for, the request's own id, and the time. */
async function essence(response: Response, asked: string): Promise<object> {
  const requestId = response.headers.get('X-Request-Id') ?? '';
  const body = (await response.text()).replaceAll(asked, '<asked>').replaceAll(requestId, '<request>');
  return { status: response.status, body, headers: [...response.headers].filter(([name]) => !OWN_TO_EACH.has(name)) };
}

describe.each(Object.entries(INVALID_TOKENS))('with %s', (_what, caller) => {
  it.each(closed)('%s is answered with 401', async (_name, route) => {
    const [request] = await requestsOf(route);
    const response = await send(studio.address, route, await caller(me.subject), request!);
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'unauthorized' });
  });
});

describe('with every scope but the needed one', () => {
  it.each(closed)('%s is answered with 403', async (_name, route) => {
    const [request] = await requestsOf(route);
    const caller = await serviceFor(
      me.subject,
      SCOPES.filter((scope) => scope !== route.access),
    );
    expect(await refusal(route, caller, request!)).toEqual({ status: 403, code: 'forbidden' });
  });
});

describe('for admins only', () => {
  it.each(named(({ only }) => only === 'admin'))('%s is forbidden to users and services', async (_name, route) => {
    const [request] = await requestsOf(route);
    for (const caller of [bearer(me.token), await serviceFor(me.subject)]) {
      expect(await refusal(route, caller, request!)).toEqual({ status: 403, code: 'forbidden' });
    }
  });
});

describe('for services only', () => {
  it.each(named(({ only }) => only === 'service'))('%s is forbidden to users and admins', async (_name, route) => {
    const [request] = await requestsOf(route);
    const admin = await tokens.forUser({ sub: me.subject, tier: 'pro', role: 'admin' });
    for (const caller of [bearer(me.token), bearer(admin)]) {
      expect(await refusal(route, caller, request!)).toEqual({ status: 403, code: 'forbidden' });
    }
  });
});

describe('a body with one fault', () => {
  const faults = named(({ signed }) => signed === undefined).flatMap(([name, route]) =>
    (route.body ? examplesOf(route.body) : []).flatMap((example) =>
      mutationsOf(route.body!, example).map(({ fault, path, value }) => ({ name, route, fault, path, value })),
    ),
  );

  it.each(faults)('$name, $fault at "$path", is answered with 400', async ({ route, path, value }) => {
    const response = await send(studio.address, route, await authorizedCaller(route, me), {
      id: idFor(route),
      body: value,
    });
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 400, code: 'validation_failed' });
    const [top] = path.split('.');
    // What is no object at all is no JSON body; one of two shapes may be refused as neither of them.
    expect(!top || problem.errors?.some((error) => error.path === '' || error.path.startsWith(top))).toBe(true);
  });

  it('is tried for every route that takes one', () => {
    const tried = new Set(faults.map(({ name }) => name));
    const taking = named(({ body, signed }) => body !== undefined && !signed).map(([name]) => name);
    expect(taking.filter((name) => !tried.has(name))).toEqual([]);
  });
});

describe('a form with one fault', () => {
  const faults = named(({ multipart }) => multipart !== undefined).flatMap(([name, route]) =>
    mutationsOf(route.multipart!.fields, {})
      // Everything in a form is text: no text is of a wrong type, and a form always has fields.
      .filter(({ fault, path }) => path !== '' && !(fault === 'wrong type' && isText(route.multipart!.fields, path)))
      .map(({ fault, path, value }) => ({ name, route, fault, path, value: value as Record<string, unknown> })),
  );

  it.each(faults)('$name, $fault at "$path", is answered with 400', async ({ route, value }) => {
    const fields = Object.entries(value).map(([name, each]) => [
      name,
      typeof each === 'string' ? each : JSON.stringify(each),
    ]);
    const form = { ...Object.fromEntries(fields), [route.multipart!.file]: await image() };
    const response = await send(studio.address, route, await authorizedCaller(route, me), { id: me.projectId, form });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'validation_failed' });
  });
});

describe('a query with one fault', () => {
  const faults = named(({ query }) => query !== undefined).flatMap(([name, route]) =>
    queryMutationsOf(route.query!).map(({ fault, path, query }) => ({ name, route, fault, path, query })),
  );

  it.each(faults)('$name, $fault at "$path", is answered with 400', async ({ route, query }) => {
    const response = await send(studio.address, route, await authorizedCaller(route, me), { id: idFor(route), query });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'validation_failed' });
  });
});

describe('a path whose id is none', () => {
  it.each(named(({ params }) => params !== undefined))('%s is answered like a missing one', async (_name, route) => {
    const caller = await authorizedCaller(route, me);
    for (const request of await requestsOf(route)) {
      const malformed = await send(studio.address, route, caller, { ...request, id: 'not-an-id' });
      expect(await problemOf(malformed)).toMatchObject({ status: 404, code: 'not_found' });
    }
  });
});

describe("another user's id", () => {
  const ofSomebody = named(({ params, only }) => params !== undefined && only !== 'admin');

  it.each(ofSomebody)('%s answers exactly as for one that does not exist', async (_name, route) => {
    const caller = await authorizedCaller(route, me);
    for (const example of await requestsOf(route)) {
      const request = { ...example, body: withIds(example.body, missingResources(theirs)) };
      const [hidden, absent] = await Promise.all(
        [idIn(theirs, route.path), NOBODYS].map(async (id) =>
          essence(await send(studio.address, route, caller, { ...request, id }), id),
        ),
      );
      expect(hidden).toMatchObject({ status: 404 });
      expect(hidden).toEqual(absent);
    }
  });

  const naming = named(({ only }) => only !== 'admin').flatMap(([name, route]) =>
    (route.body ? examplesOf(route.body) : []).flatMap((example, index) =>
      idFields(example).map((field) => ({ name, route, field, example, index })),
    ),
  );

  it.each(naming)('$name (example $index) with one in "$field" answers alike', async ({ route, field, example }) => {
    const caller = await authorizedCaller(route, me);
    const kind = KIND_OF_FIELD[field] ?? '';
    const mine = await createResources(studio, me);
    const [hidden, absent] = await Promise.all(
      [theirs, missingResources(theirs)].map(async (those) => {
        const id = those[kind] ?? '';
        const request = {
          ...(route.params && { id: idIn(mine, route.path) }),
          body: withIds(example, { ...mine, [kind]: id }),
        };
        return essence(await send(studio.address, route, caller, request), id);
      }),
    );
    expect(hidden).toEqual(absent);
  });
});

describe('with an id of their own', () => {
  it.each(named(({ params, only }) => params !== undefined && only !== 'admin'))(
    '%s does not answer that it is missing',
    async (_name, route) => {
      const somebody = await studio.user({ tier: 'pro' });
      const belongings = await createResources(studio, somebody);
      const [example] = await requestsOf(route);
      const response = await send(studio.address, route, await authorizedCaller(route, somebody), {
        ...example,
        id: idIn(belongings, route.path),
        body: withIds(example?.body, belongings),
      });
      expect(response.status).not.toBe(404);
      expect(response.status).toBeLessThan(500);
    },
  );
});
