import { notFound } from '../problem.ts';
import type { Caller, RequestContext } from '../request-context.ts';
import type { Response } from 'express';
import { openEventStream } from './event-stream.ts';
import type { EventHub } from './hub.ts';

/** The longest delay that setTimeout keeps. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export interface StreamDeps {
  readonly hub: EventHub;
  readonly onDropped: () => void;
}

interface StreamCall {
  readonly caller: Caller;
  readonly res: Response;
  readonly context: RequestContext;
}

/**
 * Turns a request into an event stream of the caller's, until either side closes it or the token ends.
 * @param generationId only this one
 * @throws ApiProblem not_found, rate_limited, unavailable, as long as nothing has been sent
 */
export async function stream(
  { hub, onDropped }: StreamDeps,
  { caller, res, context }: StreamCall,
  generationId: string | undefined,
): Promise<undefined> {
  const found = await hub.watch({ accountId: caller.accountId, generationId }, (watcher) => {
    const lifetimeMs = Math.min(MAX_TIMEOUT_MS, Math.max(0, caller.expiresAtMs - Date.now()));
    const expiry = setTimeout(() => watcher.end(), lifetimeMs);
    const leave = () => {
      clearTimeout(expiry);
      hub.unwatch(watcher);
    };
    if (res.closed) leave();
    else res.once('close', leave);
    return openEventStream(res, { id: context.requestId, onDropped });
  });
  if (!found) throw notFound();
}
