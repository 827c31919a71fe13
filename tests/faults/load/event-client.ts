import { setTimeout as sleep } from 'node:timers/promises';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { isFinal } from '#domain/generation/generation.ts';
import type { Generation } from '#contract/generation.ts';
import { API_BASE } from '#contract/route.ts';
import type { FaultUser } from './journal.ts';

const RECONNECT_AFTER_MS = 300;
/** The server sends a heartbeat more often; without one, the page reconnects too. */
const SILENT_FOR_MS = 45_000;

type Seen = Pick<Generation, 'status' | 'version' | 'creditsReturned'>;

/** A page that stays open: follows a user's event stream, and reconnects when it breaks. */
export interface EventClient {
  readonly user: FaultUser;
  /** The newest state of each generation, by id. */
  readonly seen: ReadonlyMap<string, Seen>;
  /** How many generations it has seen in a final state. */
  ended(): number;
  close(): void;
}

export function openEventClient(apiUrl: string, user: FaultUser): EventClient {
  const closing = new AbortController();
  const seen = new Map<string, Seen>();
  let ended = 0;
  const note = ({ id, status, version, creditsReturned }: Generation): void => {
    const known = seen.get(id);
    if (version <= (known?.version ?? 0)) return;
    if (isFinal(status) && !(known && isFinal(known.status))) ended += 1;
    seen.set(id, { status, version, creditsReturned });
  };
  const receive = ({ event, data }: EventSourceMessage): void => {
    if (event === 'generation') note(JSON.parse(data) as Generation);
    if (event === 'snapshot')
      for (const each of (JSON.parse(data) as { generations: Generation[] }).generations) note(each);
  };

  async function follow(): Promise<void> {
    const broken = new AbortController();
    let timer = setTimeout(() => broken.abort(), SILENT_FOR_MS);
    try {
      const response = await fetch(`${apiUrl}${API_BASE}/events`, {
        headers: { Authorization: `Bearer ${user.token}` },
        signal: AbortSignal.any([closing.signal, broken.signal]),
      });
      if (!response.ok) return;
      const parser = createParser({ onEvent: receive });
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        clearTimeout(timer);
        timer = setTimeout(() => broken.abort(), SILENT_FOR_MS);
        parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async function followUntilClosed(): Promise<void> {
    while (!closing.signal.aborted && !user.isErased) {
      await follow().catch(() => undefined);
      await sleep(RECONNECT_AFTER_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }
  void followUntilClosed();
  return { user, seen, ended: () => ended, close: () => closing.abort() };
}
