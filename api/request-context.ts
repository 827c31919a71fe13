import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Role } from '#contract/profile.ts';
import type { Tier } from '#domain/generation/tier.ts';

/** The caller. When a service acts for a user, the account is the user's; a user without an account gets an id without a row. */
export interface Caller {
  readonly kind: 'user' | 'service';
  readonly accountId: string;
  /** A service's own account, also when it acts for a user. */
  readonly clientId?: string | undefined;
  readonly tier: Tier;
  readonly role: Role;
  readonly name: string | null;
  /** When the token expires, milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** What is known about a request while it is handled; its log entry is written from this. */
export interface RequestContext {
  readonly requestId: string;
  /** {@link performance.now} when the request arrived. */
  readonly startedAt: number;
  readonly log: Logger;
  /** The route's template, never the URL: a query may contain a user's text. */
  route: string;
  caller: Caller | undefined;
  generationId: string | undefined;
  /** The file of a multipart form. */
  file?: Buffer;
  /** Call when the event stream that was requested is open. */
  opened?: (() => void) | undefined;
  /** The JSON body as it was sent. */
  bodyText?: string;
}

export function contextOf(res: Response): RequestContext {
  return res.locals as RequestContext;
}

/** The path without the query, for `instance` of a problem. */
export function pathOf(req: Request): string {
  return req.baseUrl + req.path;
}
