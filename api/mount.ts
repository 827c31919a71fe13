import { Router, type Request, type RequestHandler, type Response } from 'express';
import { API_BASE, EVENT_STREAM, NO_CONTENT, type Route, ZIP_FILE } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import type { Replicated } from '#drizzle/connection/replica.ts';
import { limitOpenings, type Openings } from './events/openings.ts';
import type { AnyHandler, Call, Handlers } from './handler.ts';
import type { Authenticate, AuthenticatedRoute, Listener } from './middleware/authenticate.ts';
import { parseIdempotencyKey } from './middleware/idempotency-key.ts';
import { formBody } from './middleware/form-body.ts';
import { jsonBody, parseJson } from './middleware/json-body.ts';
import type { RateLimiter, RateLimits } from './middleware/rate-limit.ts';
import type { ReadSignedBody, SignedRouteName } from './middleware/signed-body.ts';
import type { MemoryBudget } from './middleware/memory-budget.ts';
import type { RequestSlots } from './middleware/request-slots.ts';
import { validate, validateParams } from './middleware/validate.ts';
import { ApiProblem, notFound } from './problem.ts';
import { contextOf } from './request-context.ts';
import { throughReplica } from './through-replica.ts';

export interface MountDeps {
  readonly handlers: Handlers;
  readonly authenticate: Authenticate;
  readonly listener: Listener;
  /** What authenticates a signed route; undefined where this installation has no secret for it. */
  readonly signedBodies: Readonly<Record<SignedRouteName, ReadSignedBody | undefined>>;
  readonly rateLimiter: RateLimiter;
  readonly countDenied: RateLimits['denied'];
  readonly replicated: Replicated;
  /** The memory that all forms that are being read and processed may hold together. */
  readonly formMemory: MemoryBudget;
  /** Of event streams. */
  readonly openings: Openings;
  /** Of requests that create something, and of all others that don't stream. */
  readonly slots: { readonly creating: RequestSlots; readonly other: RequestSlots };
}

/**
 * Mounts every route of the contract below `base` that this installation has: authenticate, limit, read the body, validate, handle,
 * respond. Other methods of a known path get 405.
 */
export function mountRoutes(base: string, deps: MountDeps): Router {
  const { handlers, replicated, formMemory } = deps;
  const router = Router({ caseSensitive: true });
  for (const [path, routes] of routesByPath(base, handlers)) {
    for (const [name, route] of routes) {
      const slots = route.idempotent ? deps.slots.creating : deps.slots.other;
      // Express would run the GET handler for HEAD: a stream would never end, and an archive would be created for nothing.
      if (route.method === 'get' && isStream(route)) router.head(path, methodNotAllowed(['GET']));
      router[route.method](
        path,
        ...(isEventStream(route) ? [limitOpenings(deps.openings, route.path)] : []),
        authenticateAndLimit(name, route, { ...deps, slots }),
        ...(route.body && !route.signed ? jsonBody(route) : []),
        ...(route.multipart ? [formBody(route.multipart, formMemory)] : []),
        run(route, throughReplica(name, route, handlers[name] as AnyHandler, replicated), slots),
      );
    }
    const methods = routes.map(([, { method }]) => method.toUpperCase());
    // Express answers HEAD by the GET handler.
    router.all(path, methodNotAllowed(methods.includes('GET') ? [...methods, 'HEAD'] : methods));
  }
  return router;
}

/** Literal segments before parameters: `bulk` in `/avatars/bulk` is never an id, whatever the method. */
function routesByPath(base: string, handlers: Handlers): [string, [RouteName, Route][]][] {
  const routes = (Object.entries(ROUTES) as [RouteName, Route][]).filter(
    ([name, route]) => (route.base ?? API_BASE) === base && handlers[name] !== undefined,
  );
  const rank = (path: string) => path.replaceAll(/:\w+/g, '\uffff');
  return [...Map.groupBy(routes, ([, { path }]) => path)].toSorted(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
}

function authenticateAndLimit(
  name: RouteName,
  route: Route,
  {
    authenticate,
    listener,
    signedBodies,
    rateLimiter,
    countDenied,
    slots,
  }: Omit<MountDeps, 'slots'> & { readonly slots: RequestSlots },
): RequestHandler {
  return async (req, res, next) => {
    const context = contextOf(res);
    context.route = route.path;
    // Before anything is spent on a request that would be refused.
    slots.assertFree();
    if (needsToken(route)) {
      context.caller = await authenticate(req, route, listener).catch(async (error: unknown) => {
        if (error instanceof ApiProblem && error.code === 'unauthorized') await countDenied(req);
        throw error;
      });
    }
    const signedBody = route.signed && (await readSignedBody(signedBodies[name as SignedRouteName], req, res));
    await rateLimiter(req, res, route);
    if (signedBody) req.body = parseJson(signedBody);
    next();
  };
}

async function readSignedBody(read: ReadSignedBody | undefined, req: Request, res: Response): Promise<Buffer> {
  if (read === undefined) throw notFound();
  return read(req, res);
}

function needsToken(route: Route): route is Route & AuthenticatedRoute {
  return route.access !== 'public';
}

function run(route: Route, handler: AnyHandler, slots: RequestSlots): RequestHandler {
  return async (req, res) => {
    const call = callOf(route, req, res);
    const reply = await (isStream(route) ? handler(call) : slots.hold(() => handler(call)));
    if (reply === undefined) return;
    if (reply.headers) res.set(reply.headers);
    if (!res.get('Cache-Control')) res.set('Cache-Control', 'private, no-cache');
    res.status(reply.status);
    if (route.replies[reply.status] === NO_CONTENT) res.end();
    else res.json(reply.body);
  };
}

function callOf(route: Route, req: Request, res: Response): Call<Route> {
  const context = contextOf(res);
  return {
    params: (route.params && validateParams(route.params, req.params)) as Call<Route>['params'],
    query: (route.query && validate(route.query, req.query)) as Call<Route>['query'],
    body: bodyOf(route, req),
    file: context.file as Call<Route>['file'],
    caller: context.caller as Call<Route>['caller'],
    idempotencyKey: route.idempotent ? parseIdempotencyKey(req.get('Idempotency-Key')) : undefined,
    context,
    req,
    res,
  };
}

function bodyOf({ body, multipart }: Route, req: Request): unknown {
  const schema = multipart?.fields ?? body;
  return schema && validate(schema, req.body);
}

function isStream({ replies }: Route): boolean {
  return Object.values(replies).some((reply) => reply === EVENT_STREAM || reply === ZIP_FILE);
}

function isEventStream({ replies }: Route): boolean {
  return Object.values(replies).includes(EVENT_STREAM);
}

function methodNotAllowed(allowed: readonly string[]): RequestHandler {
  return () => {
    throw new ApiProblem('method_not_allowed', { headers: { Allow: allowed.join(', ') } });
  };
}
