import { beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '#contract/profile.ts';
import { examplesOf } from '#contract/openapi/schemas.ts';
import type { ProblemCode } from '#contract/problem.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { problemOf } from '../api/api-client.ts';
import type { TestUser } from '../api/serve-api.ts';
import { testApi } from '../api/test-api.ts';
import { rowsOf } from '../support/long-run.ts';
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
import {
  bearer,
  type Caller,
  INVALID_TOKENS,
  authorizedCaller,
  serviceFor,
  serviceWith,
  tokens,
  verify,
} from './matrix/callers.ts';
import { ON_BEHALF } from './matrix/on-behalf.ts';
import { image } from './matrix/image.ts';
import { idFor, MISSING_ID, routesWhere } from './matrix/routes.ts';

const studio = testApi({ verify, demoTokens: tokens });
const authenticated = routesWhere(({ access }) => access !== 'public');

let user: TestUser;
let other: TestUser;
let foreignResources: Resources;
/** For all requests but deletions, which have some of their own. */
let ownResources: Resources;

beforeAll(async () => {
  [user, other] = await Promise.all([studio.user({ tier: 'pro' }), studio.user({ tier: 'pro' })]);
  foreignResources = await createResources(studio, other);
  ownResources = await createResources(studio, user);
});

async function requestsOf(route: Route): Promise<readonly Request[]> {
  return exampleRequests(route, idFor(route), await image());
}

async function refusal(route: Route, caller: Caller, request: Request): Promise<{ status: number; code: ProblemCode }> {
  const { status, code } = await problemOf(await send(studio.internalAddress, route, caller, request));
  return { status, code };
}

const VARYING_HEADERS = new Set(['date', 'x-request-id', 'ratelimit', 'etag']);

/** An answer without what differs between requests: the requested id, the request id and the time. */
async function comparable(response: Response, id: string): Promise<object> {
  const requestId = response.headers.get('X-Request-Id') ?? '';
  const body = (await response.text()).replaceAll(id, '<id>').replaceAll(requestId, '<request id>');
  return {
    status: response.status,
    body,
    headers: [...response.headers].filter(([name]) => !VARYING_HEADERS.has(name)),
  };
}

const invalid = Object.entries(INVALID_TOKENS).map(([what, caller], kind) => ({ what, caller, kind }));

describe.each(invalid)('a request with $what', ({ caller, kind }) => {
  /** Every route without a token, and one in so many with each other kind: all go through the same verifier. */
  const tried = rowsOf('matrices', authenticated, (_, row) => kind === 0 || row % (invalid.length - 1) === kind - 1);

  it.each(tried)('to %s is answered with 401', async (_name, route) => {
    const [request] = await requestsOf(route);
    const response = await send(studio.internalAddress, route, await caller(user.subject), request!);
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'unauthorized' });
  });
});

describe('at the external listener, a request', () => {
  it.each(Object.entries(INVALID_TOKENS))('with %s is answered with 401 as well', async (_what, caller) => {
    const response = await send(studio.address, ROUTES.readProfile, await caller(user.subject), {});
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'unauthorized' });
  });
});

describe('a service with every scope but the required one', () => {
  it.each(authenticated)('is refused by %s with 403', async (_name, route) => {
    const [request] = await requestsOf(route);
    const scopes = SCOPES.filter((scope) => scope !== route.access);
    for (const caller of [await serviceWith(scopes), await serviceFor(user.subject, scopes)]) {
      expect(await refusal(route, caller, request!)).toEqual({ status: 403, code: 'forbidden' });
    }
  });
});

describe('a service with every scope that acts for a user', () => {
  it.each(authenticated.filter(([, { onBehalf }]) => !onBehalf))('is refused by %s with 403', async (_name, route) => {
    for (const request of await requestsOf(route)) {
      expect(await refusal(route, await serviceFor(user.subject), request)).toEqual({ status: 403, code: 'forbidden' });
    }
  });

  it('may only use these routes', () => {
    expect(authenticated.flatMap(([name, { onBehalf }]) => (onBehalf ? [name] : [])).toSorted()).toEqual(ON_BEHALF);
  });
});

describe('a service at the external listener', () => {
  it.each(authenticated.filter(([, { base }]) => base === undefined))(
    'is refused by %s with 403',
    async (_name, route) => {
      const [request] = await requestsOf(route);
      for (const caller of [await serviceWith(), await serviceFor(user.subject)]) {
        const { status, code } = await problemOf(await send(studio.address, route, caller, request!));
        expect({ status, code }).toEqual({ status: 403, code: 'forbidden' });
      }
    },
  );
});

describe('an internal route', () => {
  it.each(routesWhere(({ base }) => base !== undefined))('%s does not exist outside', async (_name, route) => {
    const [request] = await requestsOf(route);
    const response = await send(studio.address, route, await serviceFor(user.subject), request!);
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('a route for admins only', () => {
  it.each(routesWhere(({ only }) => only === 'admin'))(
    '%s is forbidden to users and services',
    async (_name, route) => {
      const [request] = await requestsOf(route);
      for (const caller of [bearer(user.token), await serviceFor(user.subject)]) {
        expect(await refusal(route, caller, request!)).toEqual({ status: 403, code: 'forbidden' });
      }
    },
  );
});

describe('a route for services only', () => {
  it.each(routesWhere(({ only }) => only === 'service'))(
    '%s is forbidden to users and admins',
    async (_name, route) => {
      const [request] = await requestsOf(route);
      const admin = await tokens.forUser({ sub: user.subject, tier: 'pro', role: 'admin' });
      for (const caller of [bearer(user.token), bearer(admin)]) {
        expect(await refusal(route, caller, request!)).toEqual({ status: 403, code: 'forbidden' });
      }
    },
  );
});

describe('a path with a malformed id', () => {
  it.each(routesWhere(({ params }) => params !== undefined))(
    'is answered by %s with 404, like a missing id',
    async (_name, route) => {
      const caller = await authorizedCaller(route, user);
      for (const request of await requestsOf(route)) {
        const malformed = await send(studio.internalAddress, route, caller, { ...request, id: 'not-an-id' });
        expect(await problemOf(malformed)).toMatchObject({ status: 404, code: 'not_found' });
      }
    },
  );
});

describe("another user's id", () => {
  // What needs no token is found by the secret in its path: whoever has it may read.
  const owned = routesWhere(
    ({ params, only, access }) => params !== undefined && only !== 'admin' && access !== 'public',
  );

  it.each(owned)('is answered by %s exactly like an id that does not exist', async (_name, route) => {
    const caller = await authorizedCaller(route, user);
    for (const example of await requestsOf(route)) {
      const request = { ...example, body: withIds(example.body, missingResources(foreignResources)) };
      const [hidden, absent] = await Promise.all(
        [idIn(foreignResources, route.path), MISSING_ID].map(async (id) =>
          comparable(await send(studio.internalAddress, route, caller, { ...request, id }), id),
        ),
      );
      expect(hidden).toMatchObject({ status: 404 });
      expect(hidden).toEqual(absent);
    }
  });

  const withIdFields = routesWhere(({ only }) => only !== 'admin').flatMap(([name, route]) =>
    (route.body ? examplesOf(route.body) : []).flatMap((example, index) =>
      idFields(example).map((field) => ({ name, route, field, example, index })),
    ),
  );

  it.each(withIdFields)(
    'in the field "$field" of $name (example $index) is answered like one that does not exist',
    async ({ route, field, example }) => {
      const caller = await authorizedCaller(route, user);
      const kind = KIND_OF_FIELD[field] ?? '';
      const [hidden, absent] = await Promise.all(
        [foreignResources, missingResources(foreignResources)].map(async (candidates) => {
          const id = candidates[kind] ?? '';
          const request = {
            ...(route.params && { id: idIn(ownResources, route.path) }),
            body: withIds(example, { ...ownResources, [kind]: id }),
          };
          return comparable(await send(studio.internalAddress, route, caller, request), id);
        }),
      );
      expect(hidden).toEqual(absent);
    },
  );
});

describe('a user’s own id', () => {
  it.each(routesWhere(({ params, only }) => params !== undefined && only !== 'admin'))(
    'is never answered by %s with 404',
    async (_name, route) => {
      const deletes = route.method === 'delete';
      const owner = deletes ? await studio.user({ tier: 'pro' }) : user;
      const resources = deletes ? await createResources(studio, owner) : ownResources;
      const [example] = await requestsOf(route);
      const response = await send(studio.internalAddress, route, await authorizedCaller(route, owner), {
        ...example,
        id: idIn(resources, route.path),
        body: withIds(example?.body, resources),
      });
      expect(response.status).not.toBe(404);
      expect(response.status).toBeLessThan(500);
    },
  );
});
