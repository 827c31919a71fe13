import type { Request, Response } from 'express';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, Route, Streamed } from '#contract/route.ts';
import type { RouteName, Routes } from '#contract/routes.ts';
import type { Caller, RequestContext } from './request-context.ts';

/** One validated request. */
export interface Call<R extends Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** The one file of a form. */
  readonly file: R['multipart'] extends object ? Buffer : undefined;
  readonly caller: R['access'] extends 'public' ? undefined : Caller;
  readonly idempotencyKey: string | undefined;
  readonly context: RequestContext;
  readonly req: Request;
  readonly res: Response;
}

export type RouteReply<Name extends RouteName> = ReplyOf<Routes[Name]>;

/** Does one route's work and says what to answer. A stream or a file is written to `res` and resolves to undefined. */
export type Handler<Name extends RouteName> = (call: Call<Routes[Name]>) => Promise<HandlerReply<Name>>;

type HandlerReply<Name extends RouteName> = Routes[Name]['replies'] extends { 200: Streamed }
  ? undefined
  : RouteReply<Name>;

/** The handlers of some routes; undefined for an optional route that this installation does not have. */
export type HandlersOf<Names> = {
  readonly [Name in RouteName & keyof Names]:
    | Handler<Name>
    | (Routes[Name] extends { optional: true } ? undefined : never);
};
/** Every route of the contract, each with its handler: one missing is a compile error. */
export type Handlers = HandlersOf<Routes>;

/** What every route's pipeline ends in, whatever its types are. */
export type AnyHandler = (call: Call<Route>) => Promise<AnyReply | undefined>;
interface AnyReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
