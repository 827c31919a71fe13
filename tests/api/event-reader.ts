import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { expect } from 'vitest';
import { EVENTS, type EventData, type EventName } from '#contract/events.ts';

export type SeenEvent = {
  [Name in EventName]: { readonly id: string; readonly name: Name; readonly data: EventData<Name> };
}[EventName];

/** Reads one event stream as the page does, with fetch and a token. Checks every event against the contract. */
export interface EventReader {
  readonly status: number;
  readonly headers: Headers;
  readonly seen: SeenEvent[];
  readonly comments: string[];
  readonly retries: number[];
  /** Waits for the first event that matches, whether already received or still to come. */
  until(matches: (event: SeenEvent) => boolean, timeoutMs?: number): Promise<SeenEvent>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  /** Closes the connection. */
  cut(): void;
}

const DEFAULT_TIMEOUT_MS = 120_000;

export async function readEvents(url: string, token: string): Promise<EventReader> {
  const connection = new AbortController();
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, signal: connection.signal });
  const seen: SeenEvent[] = [];
  const comments: string[] = [];
  const retries: number[] = [];
  const parser = createParser({
    onEvent: (message) => void seen.push(checked(message)),
    onComment: (comment) => void comments.push(comment),
    onRetry: (retry) => void retries.push(retry),
  });
  const ended = feed(response, parser.feed.bind(parser)).catch((error: unknown) => {
    if (!connection.signal.aborted) throw error;
  });
  return {
    status: response.status,
    headers: response.headers,
    seen,
    comments,
    retries,
    ended,
    async until(matches, timeoutMs = DEFAULT_TIMEOUT_MS) {
      await expect.poll(() => seen.some(matches), { timeout: timeoutMs, interval: 20 }).toBe(true);
      return seen.find(matches) as SeenEvent;
    },
    cut: () => connection.abort(),
  };
}

async function feed(response: Response, push: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) push(decoder.decode(chunk, { stream: true }));
}

function checked({ id, event, data }: EventSourceMessage): SeenEvent {
  const name = event as EventName;
  if (id === undefined || !(name in EVENTS)) throw new Error(`An event without id or of unknown name: ${event}`);
  return { id, name, data: EVENTS[name].parse(JSON.parse(data)) } as SeenEvent;
}
