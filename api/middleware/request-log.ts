import { AsyncResource } from 'node:async_hooks';
import type { RequestHandler, Response } from 'express';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { tracer } from '#process/tracing/spans.ts';
import { PROBE_PATHS } from '../health/routes.ts';
import { contextOf } from '../request-context.ts';
import type { ApiMetrics } from '../metrics.ts';

/**
 * One log entry and one measurement per request, once its response is sent. The entry contains ids, the route's template and numbers,
 * but never a token, a prompt, a name or the query.
 */
export function requestLog(metrics: Pick<ApiMetrics, 'requestDuration'>): RequestHandler {
  /** One function for all responses: a closure would be held by each open stream. */
  function writeEntry(this: Response): void {
    const { log, startedAt, route, caller, generationId } = contextOf(this);
    const { method } = this.req;
    const durationMs = performance.now() - startedAt;
    // The client disconnected before the response: 499, as proxies log it.
    const status = this.writableFinished || this.headersSent ? this.statusCode : 499;
    metrics.requestDuration.observe({ method, route, status }, durationMs / 1000);
    const level = PROBE_PATHS.has(route) ? 'debug' : 'info';
    log[level](
      {
        method,
        route,
        status,
        durationMs: Math.round(durationMs),
        accountId: caller?.accountId,
        ...(generationId && { generationId, workflowId: generationWorkflowId(generationId) }),
      },
      'request',
    );
  }

  return (_req, res, next) => {
    // In the context of the request, for the trace's id.
    res.on('close', tracer() === undefined ? writeEntry : AsyncResource.bind(() => writeEntry.call(res)));
    next();
  };
}
