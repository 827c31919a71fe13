import type { RequestHandler } from 'express';
import { tracer } from '#process/tracing/spans.ts';
import { PROBE_PATHS } from '../health/routes.ts';
import { contextOf } from '../request-context.ts';

const FIRST_SERVER_ERROR = 500;

/** While tracing is on: one span a request, which continues the trace of its sender. */
export function requestSpan(): RequestHandler {
  return (req, res, next) => {
    const active = tracer();
    if (active === undefined || PROBE_PATHS.has(req.path)) return next();
    const span = active.receive(req.method, req.get('traceparent'));
    res.once('close', () => {
      const { route, requestId, generationId } = contextOf(res);
      const attributes = {
        'http.request.method': req.method,
        'http.route': route,
        'http.response.status_code': res.statusCode,
        requestId,
        generationId,
      };
      span.end({ name: `${req.method} ${route}`, attributes, failed: res.statusCode >= FIRST_SERVER_ERROR });
    });
    span.within(next);
  };
}
