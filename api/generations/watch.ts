import { stream, type StreamDeps } from '../events/stream.ts';
import type { Handler } from '../handler.ts';

/** One generation, as it happens; ends with its final state. */
export function watchGeneration(deps: StreamDeps): Handler<'watchGeneration'> {
  return (call) => stream(deps, call, call.params.id);
}
