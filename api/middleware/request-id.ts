import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Caller, RequestContext } from '../request-context.ts';

/** A caller's own id is used when it is short and plain, so that one id identifies a request in all logs. */
const ACCEPTABLE_ID = /^[\w.:-]{8,64}$/;

/** Gives each request an id, which is also in the response, and a logger that includes it. */
export function requestId(log: Logger): RequestHandler {
  return (req, res, next) => {
    const given = req.get('X-Request-Id');
    const id = given !== undefined && ACCEPTABLE_ID.test(given) ? given : uuidv7();
    res.locals = new Context(id, log) as unknown as Response['locals'];
    res.set('X-Request-Id', id);
    next();
  };
}

class Context implements RequestContext {
  readonly requestId: string;
  readonly startedAt = performance.now();
  route = 'unknown';
  caller: Caller | undefined = undefined;
  generationId: string | undefined = undefined;
  readonly #log: Logger;

  constructor(id: string, log: Logger) {
    this.requestId = id;
    this.#log = log;
  }

  /** Created when something is logged: it takes a kilobyte, and most requests log once, at their end. */
  get log(): Logger {
    return this.#log.child({ requestId: this.requestId });
  }
}
