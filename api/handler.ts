import type { Request, Response } from 'express';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, Route, Streamed } from '#contract/route.ts';
import type { RouteName, Routes } from '#contract/routes.ts';
import type { Caller, RequestContext } from './request-context.ts';

/** One validated request. */
export interface Call<R extends Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** The file of a multipart form. */
  readonly file: R['multipart'] extends object ? Buffer : undefined;
  readonly caller: R['access'] extends 'public' ? undefined : Caller;
  readonly idempotencyKey: string | undefined;
  readonly context: RequestContext;
  readonly req: Request;
  readonly res: Response;
}

export type RouteReply<Name extends RouteName> = ReplyOf<Routes[Name]>;

/** Handles one route and returns its reply. Streams and files are written to `res` instead, and return undefined. */
export type Handler<Name extends RouteName> = (call: Call<Routes[Name]>) => Promise<HandlerReply<Name>>;

type HandlerReply<Name extends RouteName> = Routes[Name]['replies'] extends { 200: Streamed }
  ? undefined
  : RouteReply<Name>;

/** The handlers of some routes; undefined for an optional route that is not configured. */
export type HandlersOf<Names> = {
  readonly [Name in RouteName & keyof Names]:
    | Handler<Name>
    | (Routes[Name] extends { optional: true } ? undefined : never);
};
/** The handlers of all routes of the contract: a missing one is a compile error. */
export type Handlers = HandlersOf<Routes>;

/** A handler of any route. */
export type AnyHandler = (call: Call<Route>) => Promise<AnyReply | undefined>;
interface AnyReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
