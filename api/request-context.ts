import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Role } from '#contract/profile.ts';
import type { Tier } from '#domain/generation/tier.ts';

/** Who asks. For a service that names a user, the account is the user's; one who has none is given an id that no row has. */
export interface Caller {
  readonly kind: 'user' | 'service';
  readonly accountId: string;
  readonly tier: Tier;
  readonly role: Role;
  readonly name: string | null;
  /** When the token ends, milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** What is known about a request while it is worked on; the log line is written from it. */
export interface RequestContext {
  requestId: string;
  log: Logger;
  /** The route's template, never the address itself: a query may hold a person's words. */
  route: string;
  caller: Caller | undefined;
  generationId: string | undefined;
  /** Of a form only: the one file it brings. */
  file?: Buffer;
}

export function contextOf(res: Response): RequestContext {
  return res.locals as RequestContext;
}

/** The path without the query: what `instance` of a problem may show. */
export function pathOf(req: Request): string {
  return req.baseUrl + req.path;
}
