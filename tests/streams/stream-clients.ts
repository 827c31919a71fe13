import { connect, type Socket } from 'node:net';

/**
 * A program: many clients of event streams in one process, cheap enough not to be what is measured. They read raw sockets and wait before
 * a reconnect as the page does. Its parent sends it a {@link Request} at a time, and gets one message back.
 */
export type Request =
  /** Opens one more stream for each token, so many a second. Answered when each has its snapshot. */
  | { readonly do: 'open'; readonly port: number; readonly tokens: readonly string[]; readonly perSecond: number }
  /** Where streams reconnect from now on. */
  | { readonly do: 'move'; readonly port: number }
  /** Records what arrives from now on, instead of what was recorded before. */
  | { readonly do: 'record' }
  | { readonly do: 'report' };

export interface Report {
  /** Streams that have their snapshot. */
  readonly live: number;
  /** Answers other than 200 since the last `record`, by status. */
  readonly refused: Readonly<Record<string, number>>;
  /** Seconds that refusals asked to wait for, and how often. */
  readonly waits: Readonly<Record<string, number>>;
  /** Connections that ended or failed without an answer since the last `record`. */
  readonly broken: number;
  /** Streams that the server ended, as a response should end, since the last `record`. */
  readonly ended: number;
  readonly heartbeats: number;
  readonly snapshots: number;
  readonly received: readonly Received[];
  /** The last balance of each stream, by its number. */
  readonly posted: readonly number[];
}

export interface Received {
  readonly stream: number;
  /** {@link monotonicMs}. */
  readonly atMs: number;
  readonly name: string;
  readonly data: string;
}

/** The same clock in all processes of a machine. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The page's: see web/http/backoff.ts. */
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** Between two ticks that open streams. */
const OPEN_EVERY_MS = 50;
const END_OF_HEAD = '\r\n\r\n';
/** Of a response that ends. */
const LAST_CHUNK = '';

interface Stream {
  readonly number: number;
  readonly token: string;
  port: number;
  socket: Socket | undefined;
  /** Bytes that are no complete chunk yet. */
  pending: string;
  hasHead: boolean;
  live: boolean;
  retryMs: number;
  failures: number;
  posted: number;
}

const streams: Stream[] = [];
let recorded = emptyRecord();
let whenLive: (() => void) | undefined;

function emptyRecord() {
  return {
    refused: {} as Record<string, number>,
    waits: {} as Record<string, number>,
    broken: 0,
    ended: 0,
    heartbeats: 0,
    snapshots: 0,
    received: [] as Received[],
  };
}

function connectStream(stream: Stream): void {
  stream.pending = '';
  stream.hasHead = false;
  const socket = connect({ port: stream.port, host: '127.0.0.1' });
  stream.socket = socket;
  socket.setEncoding('latin1');
  socket.write(
    `GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${stream.token}${END_OF_HEAD}`,
  );
  socket.on('data', (text) => {
    if (stream.socket === socket) receive(stream, String(text));
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (stream.socket !== socket) return;
    recorded.broken += 1;
    reconnectLater(stream, stream.retryMs);
  });
}

function reconnectLater(stream: Stream, requestedMs: number): void {
  stream.live = false;
  stream.socket?.destroy();
  stream.socket = undefined;
  stream.failures += 1;
  const step = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (stream.failures - 1));
  setTimeout(() => connectStream(stream), Math.max(requestedMs, step * (0.2 + 0.8 * Math.random())));
}

function receive(stream: Stream, text: string): void {
  stream.pending += text;
  if (!stream.hasHead) {
    const end = stream.pending.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const head = stream.pending.slice(0, end);
    const status = head.slice(9, 12);
    if (status !== '200') return refused(stream, status, head);
    stream.hasHead = true;
    stream.pending = stream.pending.slice(end + END_OF_HEAD.length);
  }
  for (let chunk = readChunk(stream); chunk !== undefined; chunk = readChunk(stream)) {
    if (chunk === LAST_CHUNK) {
      recorded.ended += 1;
      return reconnectLater(stream, stream.retryMs);
    }
    for (const message of chunk.split('\n\n')) if (message !== '') readMessage(stream, message);
  }
}

function refused(stream: Stream, status: string, head: string): void {
  const seconds = /^retry-after: (\d+)/imu.exec(head)?.[1] ?? '0';
  recorded.refused[status] = (recorded.refused[status] ?? 0) + 1;
  recorded.waits[seconds] = (recorded.waits[seconds] ?? 0) + 1;
  reconnectLater(stream, Number(seconds) * 1_000);
}

/** Each chunk of the API's holds whole messages. */
function readChunk(stream: Stream): string | undefined {
  const start = stream.pending.indexOf('\r\n');
  if (start < 0) return undefined;
  const size = Number.parseInt(stream.pending.slice(0, start), 16);
  const end = start + 2 + size;
  if (stream.pending.length < end + 2) return undefined;
  const chunk = stream.pending.slice(start + 2, end);
  stream.pending = stream.pending.slice(end + 2);
  return chunk;
}

function readMessage(stream: Stream, message: string): void {
  if (message.startsWith(':')) return void (recorded.heartbeats += 1);
  const retry = /^retry: (\d+)$/u.exec(message)?.[1];
  if (retry !== undefined) return void (stream.retryMs = Number(retry));
  const [, name = '', data = ''] = /\nevent: (\w+)\ndata: (.*)$/u.exec(message) ?? [];
  const posted = name === 'snapshot' || name === 'credits' ? /"posted":(\d+)/u.exec(data)?.[1] : undefined;
  if (posted !== undefined) stream.posted = Number(posted);
  if (name === 'snapshot') {
    stream.failures = 0;
    stream.live = true;
    recorded.snapshots += 1;
    whenLive?.();
  } else recorded.received.push({ stream: stream.number, atMs: monotonicMs(), name, data });
}

async function open({ tokens, perSecond, ...request }: Request & { do: 'open' }): Promise<void> {
  const opened = tokens.map((token, index) => {
    const stream: Stream = {
      number: streams.length + index,
      token,
      port: request.port,
      socket: undefined,
      pending: '',
      hasHead: false,
      live: false,
      retryMs: 0,
      failures: 0,
      posted: 0,
    };
    return stream;
  });
  streams.push(...opened);
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = opened.length;
  whenLive = () => {
    left -= 1;
    if (left === 0) resolve();
  };
  const waiting = [...opened];
  const timer = setInterval(() => {
    for (const stream of waiting.splice(0, Math.ceil((perSecond * OPEN_EVERY_MS) / 1_000))) connectStream(stream);
    if (waiting.length === 0) clearInterval(timer);
  }, OPEN_EVERY_MS);
  await promise;
  whenLive = undefined;
}

async function answer(request: Request): Promise<Report | undefined> {
  if (request.do === 'open') await open(request);
  if (request.do === 'move') for (const stream of streams) stream.port = request.port;
  if (request.do === 'record') recorded = emptyRecord();
  if (request.do !== 'report') return undefined;
  const live = streams.filter((stream) => stream.live).length;
  return { ...recorded, live, posted: streams.map(({ posted }) => posted) };
}

if (process.send !== undefined) {
  process.on('message', (request: Request) => void answer(request).then((report) => process.send?.(report ?? {})));
}
