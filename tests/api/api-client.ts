import { expect } from 'vitest';
import type { z } from 'zod';
import { problem, PROBLEMS, type Problem } from '#contract/problem.ts';
import { API_BASE, type BodyOf, EVENT_STREAM, NO_CONTENT, type ReplyOf, type Route } from '#contract/route.ts';
import { ROUTES, type RouteName, type Routes } from '#contract/routes.ts';
import { CANARY } from '../support/canaries.ts';
import { noteSentTexts } from '../support/collected-logs.ts';

interface ApiRequest<Name extends RouteName> {
  readonly token?: string | undefined;
  /** The path's `:id`. */
  readonly id?: string;
  readonly query?: Record<string, string>;
  readonly body?: BodyOf<Routes[Name]> | Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

interface ApiAnswer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Sends requests to an API and checks each answer against the contract: the reply's schema, or a problem whose status fits its code. */
export interface ApiClient {
  /** @throws UnexpectedAnswer when it is a problem */
  ok<Name extends RouteName>(name: Name, request?: ApiRequest<Name>): Promise<ApiAnswer<ReplyOf<Routes[Name]>['body']>>;
  /** @throws Error when the answer is not a problem */
  problem(name: RouteName, request?: ApiRequest<RouteName>): Promise<ApiAnswer<Problem>>;
  /** The answer, unchecked. */
  raw(name: RouteName, request?: ApiRequest<RouteName>): Promise<Response>;
}

/** An answer that the route does not promise to a request that is all right. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  readonly status: number;

  constructor(route: RouteName, status: number, body: unknown) {
    super(`${route} answered ${status}: ${JSON.stringify(body)}`);
    this.status = status;
  }
}

/** Which nobody reads, and no log may contain. */
const CANARY_HEADERS = { Cookie: `session=${CANARY}`, Referer: `https://${CANARY}.test/`, 'User-Agent': CANARY };

/** @param internalAddress where the internal routes are served, and where services call all others */
export function createApiClient(address: string, internalAddress = address): ApiClient {
  const raw: ApiClient['raw'] = (name, { token, id, query, body, headers } = {}) => {
    const route: Route = ROUTES[name];
    noteSentTexts(body);
    const path = (route.base ?? API_BASE) + route.path.replace(/:\w+/, id ?? ':id');
    const url = new URL(path, route.base !== undefined || isOfService(token) ? internalAddress : address);
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, value);
    return fetch(url, {
      method: route.method.toUpperCase(),
      headers: {
        ...CANARY_HEADERS,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  };
  return {
    raw,
    async ok(name, request) {
      const response = await raw(name, request as ApiRequest<RouteName>);
      const json: unknown = response.status === 204 ? undefined : await response.json();
      const schema = (ROUTES[name] as Route).replies[response.status];
      if (schema === NO_CONTENT) return { status: 204, body: undefined as never, headers: response.headers };
      if (schema === undefined || schema === EVENT_STREAM) {
        throw new UnexpectedAnswer(name, response.status, json);
      }
      return { status: response.status, body: (schema as z.ZodType).parse(json) as never, headers: response.headers };
    },
    async problem(name, request) {
      const response = await raw(name, request);
      return { status: response.status, body: await problemOf(response), headers: response.headers };
    },
  };
}

/** Whether it is a demo token of a service; reads the claim without verifying anything. */
function isOfService(token: string | undefined): boolean {
  const claims = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString();
  return claims.includes('"typ":"service"');
}

/** Parses a response as a problem and checks it against the contract in every respect. */
export async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
  const body = problem.parse(await response.json());
  expect(body.status).toBe(response.status);
  expect(body).toMatchObject(PROBLEMS[body.code]);
  expect(body.requestId).toBe(response.headers.get('X-Request-Id'));
  return body;
}
