import type { Response } from 'express';
import type { Handler } from '../handler.ts';
import type { Caller, RequestContext } from '../request-context.ts';
import { openEventStream } from './event-stream.ts';
import type { EventHub } from './hub.ts';

export interface WatchDeps {
  readonly hub: EventHub;
  readonly onDropped: () => void;
}

interface WatchCall {
  readonly caller: Caller;
  readonly res: Response;
  readonly context: RequestContext;
}

/** Streams every event of the caller's account. */
export function watchEverything(deps: WatchDeps): Handler<'watchEverything'> {
  return (call) => openStream(deps, call, undefined);
}

/** Streams the events of one generation and ends after its final status. */
export function watchGeneration(deps: WatchDeps): Handler<'watchGeneration'> {
  return (call) => openStream(deps, call, call.params.id);
}

/**
 * Turns a request into an event stream of the caller's account, until either side closes it or the token expires.
 * @param generationId limits the stream to this generation
 * @throws ApiProblem not_found, rate_limited or unavailable, before anything is sent
 */
async function openStream(
  { hub, onDropped }: WatchDeps,
  { caller, res, context }: WatchCall,
  generationId: string | undefined,
): Promise<undefined> {
  const { accountId, expiresAtMs } = caller;
  const { requestId: id } = context;
  await hub.watch({ accountId, generationId, expiresAtMs }, (watcher) => {
    const unwatch = () => hub.unwatch(watcher);
    if (res.closed) unwatch();
    // Not `once`, here and elsewhere: it would add three objects to each of ten thousand streams. A response closes once.
    else res.on('close', unwatch);
    return openEventStream(res, { id, onDropped });
  });
  context.opened?.();
  return undefined;
}
