import type { Handler } from '../handler.ts';
import { stream, type StreamDeps } from './stream.ts';

/** Everything of the caller's, as it happens. */
export function watchEverything(deps: StreamDeps): Handler<'watchEverything'> {
  return (call) => stream(deps, call, undefined);
}
