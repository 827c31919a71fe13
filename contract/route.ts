import type { z } from 'zod';
import type { Scope } from './profile.ts';
import type { ProblemCode } from './problem.ts';

export const API_BASE = '/api/v1';
/** Base path for other services of the platform; not reachable from outside it. */
export const INTERNAL_BASE = '/internal/v1';

/** Marks a reply that is a stream of server-sent events; their names and data are in contract/events.ts. */
export const EVENT_STREAM = 'event-stream';
/** Marks a reply without a body. */
export const NO_CONTENT = 'no-content';
/** Marks a reply that is a zip archive, streamed; the handler writes it. */
export const ZIP_FILE = 'zip-file';
/** Mark replies that are images; the handler writes them, with an ETag. */
export const JPEG_IMAGE = 'image/jpeg';
/** In the format that the request names. */
export const ANY_IMAGE = 'image/*';
export const KIBIBYTE = 1024;
/** Replies that the handler writes itself. */
export type Streamed = typeof EVENT_STREAM | typeof ZIP_FILE | typeof JPEG_IMAGE | typeof ANY_IMAGE;
export type ReplySchema = z.ZodType | typeof NO_CONTENT | Streamed;

export function isImage(reply: ReplySchema): reply is typeof JPEG_IMAGE | typeof ANY_IMAGE {
  return reply === JPEG_IMAGE || reply === ANY_IMAGE;
}

/** What a form is limited as. An image that is inspected and then uploaded counts once as each, so that inspecting costs no upload. */
export type FormKind = 'upload' | 'inspection';

/** How a sender signs: by the Standard Webhooks specification, or as fal does. */
export type SignatureScheme = 'standard' | 'fal';

/**
 * One route: validates its requests, types its handler, and documents it. Problems that every route of its kind can
 * return (401, 404 for an unknown id, 500 …) are not listed.
 */
export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Default: API_BASE. */
  readonly base?: typeof INTERNAL_BASE;
  /** Below the base, parameters as `:id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** The scope that a service needs; users need none for their own resources. */
  readonly access: 'public' | Scope;
  /** Only users with the role admin, only services, or only users who signed in themselves (no API key): all others get 403. */
  readonly only?: 'admin' | 'service' | 'user';
  /** A service may use it for a user, named in X-On-Behalf-Of. All other routes answer 403 to that header. */
  readonly onBehalf?: true;
  /** May be a user's first request: when a service names an unknown user, the account is opened. */
  readonly opensAccount?: true;
  /** Also for the user of a blocked account, who gets 403 from all other routes. */
  readonly acceptsBlocked?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Limit of the JSON body. Default: 64 KiB. */
  readonly bodyMaxBytes?: number;
  /** Instead of a JSON body: one file and its text fields. */
  readonly multipart?: { readonly file: string; readonly fields: z.ZodObject; readonly countedAs: FormKind };
  /** The sender has signed the raw body: the signature is verified before the body is parsed. */
  readonly signed?: SignatureScheme;
  /** Not part of every installation; where it is missing, its path returns 404. */
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
