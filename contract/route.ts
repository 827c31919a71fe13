import type { z } from 'zod';
import type { Scope } from './profile.ts';
import type { ProblemCode } from './problem.ts';

export const API_BASE = '/api/v1';
/** Where other services of the platform call; never reachable from outside it. */
export const INTERNAL_BASE = '/internal/v1';

/** Marks a reply that is a stream of server-sent events; their names and data are in contract/events.ts. */
export const EVENT_STREAM = 'event-stream';
/** Marks a reply without a body. */
export const NO_CONTENT = 'no-content';
/** Marks a reply that is a zip archive, streamed; the handler writes it. */
export const ZIP_FILE = 'zip-file';
/** Mark replies that are images, by their media type; the handler writes them, with an ETag. */
export const JPEG_IMAGE = 'image/jpeg';
export const WEBP_IMAGE = 'image/webp';
export const KIBIBYTE = 1024;
/** Replies that the handler writes itself. */
export type Streamed = typeof EVENT_STREAM | typeof ZIP_FILE | typeof JPEG_IMAGE | typeof WEBP_IMAGE;
export type ReplySchema = z.ZodType | typeof NO_CONTENT | Streamed;

export function isImage(reply: ReplySchema): reply is typeof JPEG_IMAGE | typeof WEBP_IMAGE {
  return reply === JPEG_IMAGE || reply === WEBP_IMAGE;
}

/**
 * One route: what validates its requests, types its handler, and documents it. Problems that every route of its kind can
 * answer with (401, 404 of a path without such a thing, 500 …) need not be listed.
 */
export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** API_BASE where it is not said. */
  readonly base?: typeof INTERNAL_BASE;
  /** Below the base, parameters as `:id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** A user may always ask for what is theirs; a service needs this scope. */
  readonly access: 'public' | Scope;
  /** Only people with the role admin, or only services: anybody else gets 403. */
  readonly only?: 'admin' | 'service';
  /** It may be the first thing somebody does: a service that names an unknown user has their account opened. */
  readonly opensAccount?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Of the JSON body; 64 KiB where it is not said. */
  readonly bodyMaxBytes?: number;
  /** Instead of a JSON body: one file and its text fields. */
  readonly multipart?: { readonly file: string; readonly fields: z.ZodObject };
  /** The sender has signed the body's bytes: they are checked before anything is read from them. */
  readonly signed?: true;
  /** Not every installation has it; where it is missing its path is unknown. */
  readonly optional?: true;
  /** Takes an Idempotency-Key. */
  readonly idempotent?: true;
  readonly replies: Readonly<Record<number, ReplySchema>>;
  readonly problems?: readonly ProblemCode[];
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
export type ParamsOf<R extends Route> = Parsed<R['params']>;
export type QueryOf<R extends Route> = Parsed<R['query']>;
export type BodyOf<R extends Route> = R['multipart'] extends { fields: infer Fields }
  ? Parsed<Fields>
  : Parsed<R['body']>;
/** A status with the body that goes with it. */
export type ReplyOf<R extends Route> = {
  [Status in keyof R['replies'] & number]: {
    readonly status: Status;
    readonly body: Parsed<R['replies'][Status]>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof R['replies'] & number];
