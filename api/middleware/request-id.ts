import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { contextOf, type RequestContext } from '../request-context.ts';

/** A caller's own id is used when it is short and plain, so that one id identifies a request in all logs. */
const ACCEPTABLE_ID = /^[\w.:-]{8,64}$/;

/** Gives each request an id, which is also in the response, and a logger that includes it. */
export function requestId(log: Logger): RequestHandler {
  return (req, res, next) => {
    const given = req.get('X-Request-Id');
    const id = given !== undefined && ACCEPTABLE_ID.test(given) ? given : uuidv7();
    const context: RequestContext = {
      requestId: id,
      log: log.child({ requestId: id }),
      route: 'unknown',
      caller: undefined,
      generationId: undefined,
    };
    Object.assign(contextOf(res), context);
    res.set('X-Request-Id', id);
    next();
  };
}
