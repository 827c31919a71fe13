import { setTimeout as sleep } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { EVENTS, SSE_HEARTBEAT_MS } from '#contract/events.ts';
import type { Generation } from '#contract/generation.ts';
import { ROUTES } from '#contract/routes.ts';
import { isFinal } from '#domain/generation/generation.ts';
import type { StudioClient } from './studio-client.ts';
import { StudioRefusal, StudioUnreachable } from './studio-errors.ts';

/** After two missed heartbeats and a margin, the connection counts as dead. */
const SILENCE_LIMIT_MS = 2.5 * SSE_HEARTBEAT_MS;
/** Enough for a restart of the studio; after that, following ends, although the generation may continue. */
const RECONNECTS_IN_A_ROW = 8;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Yields every new state of one generation until the final one. Reconnects after an interruption: each connection begins
 * with the current state, so no state change is lost.
 *
 * @throws StudioUnreachable when reconnecting fails; StudioRefusal; the signal's reason
 */
export async function* follow(
  client: StudioClient,
  first: Generation,
  signal: AbortSignal,
): AsyncGenerator<Generation> {
  let version = first.version;
  let failures = 0;
  yield first;
  if (hasEnded(first)) return;
  for (;;) {
    try {
      for await (const state of connect(client, first.id, signal)) {
        failures = 0;
        if (state.version < version) continue;
        version = state.version;
        yield state;
        if (hasEnded(state)) return;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof StudioRefusal && error.status < 500) throw error;
      if (failures >= RECONNECTS_IN_A_ROW) throw error;
    }
    if (failures >= RECONNECTS_IN_A_ROW)
      throw new StudioUnreachable('this address', 'its event streams end immediately');
    failures += 1;
    await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures), undefined, { signal });
  }
}

/** Final, or refused after it had been accepted: then nothing is held, and no further state follows. */
function hasEnded({ status, refusal }: Generation): boolean {
  return isFinal(status) || (status === 'requested' && refusal !== null);
}

async function* connect(client: StudioClient, id: string, signal: AbortSignal): AsyncGenerator<Generation> {
  const silence = new AbortController();
  const onSilence = (): void => silence.abort(new Error('The event stream sent no heartbeat'));
  let timer = setTimeout(onSilence, SILENCE_LIMIT_MS);
  const heartbeatMonitor = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      clearTimeout(timer);
      timer = setTimeout(onSilence, SILENCE_LIMIT_MS);
      controller.enqueue(chunk);
    },
  });
  try {
    const body = await client.open(ROUTES.watchGeneration, id, AbortSignal.any([signal, silence.signal]));
    const messages = body
      .pipeThrough(heartbeatMonitor)
      .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
      .pipeThrough(new EventSourceParserStream());
    for await (const { event, data } of messages) {
      if (event === 'generation') yield EVENTS.generation.parse(JSON.parse(data));
      if (event !== 'snapshot') continue;
      const state = EVENTS.snapshot.parse(JSON.parse(data)).generations.find((generation) => generation.id === id);
      if (state !== undefined) yield state;
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}
