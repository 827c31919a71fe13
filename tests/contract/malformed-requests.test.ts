import type { z } from 'zod';
import { beforeAll, describe, expect, it } from 'vitest';
import { examplesOf, toJsonSchema } from '#contract/openapi/schemas.ts';
import { problemOf } from '../api/api-client.ts';
import type { TestUser } from '../api/serve-api.ts';
import { testApi } from '../api/test-api.ts';
import { authorizedCaller, tokens, verify } from './matrix/callers.ts';
import { image } from './matrix/image.ts';
import { mutationsOf } from './matrix/mutations.ts';
import { queryMutationsOf } from './matrix/query-mutations.ts';
import { idFor, routesWhere } from './matrix/routes.ts';
import { send } from './matrix/send-request.ts';

const studio = testApi({ verify, demoTokens: tokens });

let user: TestUser;

beforeAll(async () => {
  user = await studio.user({ tier: 'pro' });
});

function isText(fields: z.ZodObject, name: string): boolean {
  const property = toJsonSchema(fields).properties?.[name];
  return typeof property === 'object' && property.type === 'string';
}

describe('a request body with one fault', () => {
  const faults = routesWhere(({ signed }) => signed === undefined).flatMap(([name, route]) =>
    (route.body ? examplesOf(route.body) : []).flatMap((example) =>
      mutationsOf(route.body!, example).map(({ fault, path, value }) => ({ name, route, fault, path, value })),
    ),
  );

  it.each(faults)('$name, $fault at "$path", is answered with 400', async ({ route, path, value }) => {
    const response = await send(studio.internalAddress, route, await authorizedCaller(route, user), {
      id: idFor(route),
      body: value,
    });
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 400, code: 'validation_failed' });
    const [top] = path.split('.');
    // A body that is not an object, and a union that matches no member, are refused as a whole.
    expect(!top || problem.errors?.some((error) => error.path === '' || error.path.startsWith(top))).toBe(true);
  });

  it('is tested for every route with a body', () => {
    const tested = new Set(faults.map(({ name }) => name));
    const withBody = routesWhere(({ body, signed }) => body !== undefined && !signed).map(([name]) => name);
    expect(withBody.filter((name) => !tested.has(name))).toEqual([]);
  });
});

describe('a multipart form with one fault', () => {
  const faults = routesWhere(({ multipart }) => multipart !== undefined).flatMap(([name, route]) =>
    mutationsOf(route.multipart!.fields, {})
      // All form fields are text, so a text field cannot have a wrong type, and a form always has fields.
      .filter(({ fault, path }) => path !== '' && !(fault === 'wrong type' && isText(route.multipart!.fields, path)))
      .map(({ fault, path, value }) => ({ name, route, fault, path, value: value as Record<string, unknown> })),
  );

  it.each(faults)('$name, $fault at "$path", is answered with 400', async ({ route, value }) => {
    const fields = Object.entries(value).map(([name, each]) => [
      name,
      typeof each === 'string' ? each : JSON.stringify(each),
    ]);
    const form = { ...Object.fromEntries(fields), [route.multipart!.file]: await image() };
    const response = await send(studio.internalAddress, route, await authorizedCaller(route, user), {
      id: user.projectId,
      form,
    });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'validation_failed' });
  });
});

describe('a query string with one fault', () => {
  const faults = routesWhere(({ query, signed }) => query !== undefined && !signed).flatMap(([name, route]) =>
    queryMutationsOf(route.query!).map(({ fault, path, query }) => ({ name, route, fault, path, query })),
  );

  it.each(faults)('$name, $fault at "$path", is answered with 400', async ({ route, query }) => {
    const response = await send(studio.internalAddress, route, await authorizedCaller(route, user), {
      id: idFor(route),
      query,
    });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'validation_failed' });
  });
});
