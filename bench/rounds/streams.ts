import { createParser } from 'eventsource-parser';
import { createDeliveryWaiters, type Deliveries } from './deliveries.ts';

interface GenerationEvent {
  readonly id: string;
  readonly status: string;
}

/** Opens an event stream for each token and reports delivered avatars from their events, as the page does. */
export async function openStreams(url: string, tokens: readonly string[]): Promise<Deliveries> {
  const connections = new AbortController();
  const waiters = createDeliveryWaiters();
  const onEvent = (event: string | undefined, data: string): void => {
    if (event !== 'generation') return;
    const { id, status } = JSON.parse(data) as GenerationEvent;
    if (status === 'completed') waiters.delivered(id);
    if (status === 'failed' || status === 'cancelled')
      waiters.failed(id, new Error(`Generation ${id} ended as ${status}`));
  };
  const reading: Promise<void>[] = [];
  // One after the other: an API that has just started refuses many at once.
  for (const token of tokens) {
    const response = await open(url, token, connections.signal);
    const untilClosed = read(response, onEvent).catch((error: unknown) => {
      if (!connections.signal.aborted) waiters.failAll(error as Error);
    });
    reading.push(untilClosed);
  }
  return {
    of: waiters.of,
    async close() {
      connections.abort();
      await Promise.all(reading);
    },
  };
}

async function open(url: string, token: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, signal });
  if (!response.ok) throw new Error(`The API answered a stream with ${response.status}: ${await response.text()}`);
  return response;
}

async function read(response: Response, onEvent: (event: string | undefined, data: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: ({ event, data }) => onEvent(event, data) });
  for await (const chunk of response.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }));
}
