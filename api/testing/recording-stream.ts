import type { EventStream } from '../events/event-stream.ts';

export interface RecordingStream extends EventStream {
  /** Name and data of every event that was sent. */
  readonly sent: { readonly name: string; readonly data: unknown }[];
  readonly heartbeats: number;
}

/** An event stream that records what it is sent. */
export function recordingStream(): RecordingStream {
  const sent: { name: string; data: unknown }[] = [];
  let closed = false;
  let heartbeats = 0;
  return {
    sent,
    get closed() {
      return closed;
    },
    get heartbeats() {
      return heartbeats;
    },
    send: (name, data) => void sent.push({ name, data: JSON.parse(data) as unknown }),
    heartbeat() {
      heartbeats += 1;
    },
    end() {
      closed = true;
    },
  };
}
