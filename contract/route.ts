import type { z } from 'zod';
import type { Scope } from './me.ts';
import type { ProblemCode } from './problem.ts';

export const API_BASE = '/api/v1';

/** Marks a reply that is a stream of server-sent events; their names and data are in contract/events.ts. */
export const EVENT_STREAM = 'event-stream';
export type ReplySchema = z.ZodType | typeof EVENT_STREAM;

/**
 * One route: what validates its requests, types its handler, and documents it. Problems that every route of its kind can
 * answer with (401, 404 of a path without such a thing, 500 …) need not be listed.
 */
export interface Route {
  readonly method: 'get' | 'post';
  /** Below API_BASE, parameters as `:id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** A user may always ask for what is theirs; a service needs this scope. */
  readonly access: 'public' | Scope;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Takes an Idempotency-Key. */
  readonly idempotent?: true;
  readonly replies: Readonly<Record<number, ReplySchema>>;
  readonly problems?: readonly ProblemCode[];
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
export type ParamsOf<R extends Route> = Parsed<R['params']>;
export type QueryOf<R extends Route> = Parsed<R['query']>;
export type BodyOf<R extends Route> = Parsed<R['body']>;

/** A status with the body that goes with it. */
export type ReplyOf<R extends Route> = {
  [Status in keyof R['replies'] & number]: {
    readonly status: Status;
    readonly body: Parsed<R['replies'][Status]>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof R['replies'] & number];
