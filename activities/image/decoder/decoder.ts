import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { bulkhead } from 'cockatiel';
import type { ImageCrop } from '#domain/generation/image-shape.ts';
import type { ConvertOptions } from '../convert-image.ts';
import type { DeliveryFault, RequestedImage } from '../delivered-image.ts';
import { CorruptImage, type EncodedImage, type EncodeOptions } from '../encode-image.ts';
import type { SanitizedUpload, UploadForm, UploadInspection } from '../sanitize-upload.ts';
import { corrupt, tooExpensive, UploadRejected } from '../upload-rejected.ts';
import type { DecoderJob, DecoderLimits, DecoderReply, DecoderResults, FaultlessDelivery } from './decoder-messages.ts';

export interface DecoderOptions extends DecoderLimits {
  /** How many images are decoded at a time. */
  readonly processes: number;
  /** Of one job. Ends a process that neither works nor answers. */
  readonly wallMs: number;
  /** Of the processes, from 0 to 19. In a server, uploads yield to everything else; in a worker, images are what it is for. */
  readonly niceness: number;
}

const DEFAULTS: DecoderOptions = {
  processes: 2,
  // The most expensive allowed image takes 2.6 seconds.
  cpuMs: 12_000,
  wallMs: 45_000,
  // The largest allowed image needs 650 MB.
  memoryBytes: 768 * 1024 * 1024,
  // A third of what everything else gets on a busy processor.
  niceness: 5,
};

/** A process that has become larger than this is replaced, so that it does not reach its limit by what was left behind. */
const RECYCLE_ABOVE_BYTES = 256 * 1024 * 1024;
/** A process that nobody needs for so long ends. */
const IDLE_MS = 5 * 60_000;
/** A process that died without a reason may have been killed from outside, so the job is tried once more. */
const ATTEMPTS = 2;
/** JavaScript handles only the bytes; pixels lie outside of its heap. */
const HEAP_MAX_MB = 128;

/** A provider's image that is checked and encoded from one decoding. */
export interface Delivery {
  /** Known before the encoding has begun. @throws UploadRejected for bytes that exceed the limits; TaskCancelledError */
  readonly fault: Promise<DeliveryFault | undefined>;
  /** Never rejects. Undefined for a faulty image, or when the encoding ended without a result: `encode` may be asked again. */
  readonly encoded: Promise<EncodedImage | undefined>;
}

/**
 * The only place where untrusted bytes are decoded: in processes of their own, which are killed when a job exceeds its time or memory.
 * A killed process, unlike a timeout in this one, really ends the work. The processes are reused, and start when they are needed.
 */
export interface Decoder {
  /** @throws UploadRejected */
  sanitize(bytes: Buffer, form: UploadForm, crop?: ImageCrop): Promise<SanitizedUpload>;
  /** @throws UploadRejected */
  inspect(bytes: Buffer, crop?: ImageCrop): Promise<UploadInspection>;
  /** @param signal ends the wait for a process */
  deliver(bytes: Buffer, requested: RequestedImage, options: EncodeOptions, signal?: AbortSignal): Delivery;
  /**
   * `encodeImage` for a provider's bytes.
   * @param signal ends the wait for a process
   * @throws CorruptImage, also for bytes that exceed the limits; TaskCancelledError when the wait was ended
   */
  encode(bytes: Buffer, options: EncodeOptions, signal?: AbortSignal): Promise<EncodedImage>;
  /** `convertImage` for a stored image. @throws UploadRejected */
  convert(bytes: Buffer, options: ConvertOptions): Promise<Buffer>;
  /** Kills all processes; running and waiting jobs fail. */
  close(): void;
}

export function createDecoder(options: Partial<DecoderOptions> = {}): Decoder {
  const { processes, wallMs, cpuMs, memoryBytes, niceness } = { ...DEFAULTS, ...options };
  const slots = bulkhead(processes, Infinity);
  const alive = new Set<ChildProcess>();
  const idle = new Map<ChildProcess, NodeJS.Timeout>();
  let isClosed = false;

  function idleOrNewProcess(): ChildProcess {
    const [[child, timer] = []] = idle;
    if (child === undefined) return start();
    clearTimeout(timer);
    idle.delete(child);
    return child;
  }

  function start(): ChildProcess {
    const child = startProcess({ cpuMs, memoryBytes }, niceness);
    alive.add(child);
    child.once('exit', () => {
      alive.delete(child);
      clearTimeout(idle.get(child));
      idle.delete(child);
    });
    return child;
  }

  function putBack(child: ChildProcess, rssBytes: number): void {
    if (isClosed || rssBytes > RECYCLE_ABOVE_BYTES) return void child.kill('SIGKILL');
    idle.set(child, setTimeout(() => child.kill('SIGKILL'), IDLE_MS).unref());
  }

  async function perform<Job extends DecoderJob>(
    job: Job,
    onFaultless?: () => void,
  ): Promise<DecoderResults[Job['kind']]> {
    for (let attempt = 1; ; attempt += 1) {
      if (isClosed) throw new Error('The decoder was closed');
      const child = idleOrNewProcess();
      const reply = await runJob(child, job, { wallMs, onFaultless });
      if (reply.kind === 'exceeded') throw tooExpensive();
      if (reply.kind !== 'exited') {
        putBack(child, reply.rssBytes);
        if (reply.kind === 'rejected') throw new UploadRejected(reply.fault, reply.message);
        return reply.result as DecoderResults[Job['kind']];
      }
      if (attempt === ATTEMPTS && !isClosed) throw corrupt();
    }
  }

  return {
    sanitize: (bytes, form, crop) => slots.execute(() => perform({ kind: 'sanitize', bytes, form, crop })),
    inspect: (bytes, crop) => slots.execute(() => perform({ kind: 'inspect', bytes, crop })),
    deliver(bytes, requested, encoding, signal) {
      const { promise: fault, resolve, reject } = Promise.withResolvers<DeliveryFault | undefined>();
      const job = { kind: 'delivery', bytes, requested, options: encoding } as const;
      const delivered = slots.execute(() => perform(job, () => resolve(undefined)), signal);
      const encoded = delivered.then((result) => {
        resolve(result.fault);
        return result.fault ? undefined : received(result.encoded);
      });
      return { fault, encoded: encoded.catch((error: unknown) => void reject(error)) };
    },
    encode: (bytes, encoding, signal) =>
      slots
        .execute(() => perform({ kind: 'encode', bytes, options: encoding }), signal)
        .then(encodedOrCorrupt, corruptIfRejected),
    convert: (bytes, conversion) =>
      slots.execute(() => perform({ kind: 'convert', bytes, options: conversion })).then(Buffer.from),
    close() {
      isClosed = true;
      for (const child of alive) child.kill('SIGKILL');
    },
  };
}

function encodedOrCorrupt(encoded: EncodedImage | undefined): EncodedImage {
  if (encoded === undefined) throw new CorruptImage('The image could not be decoded');
  return received(encoded);
}

/** Between processes, a Buffer arrives as an array of bytes. */
function received(encoded: EncodedImage): EncodedImage {
  return { ...encoded, image: Buffer.from(encoded.image), thumbnail: Buffer.from(encoded.thumbnail) };
}

function corruptIfRejected(error: unknown): never {
  throw error instanceof UploadRejected ? new CorruptImage(error.message, { cause: error }) : error;
}

/** Has a process do one job. @returns `exited` when the process died for an unknown reason */
function runJob(
  child: ChildProcess,
  job: DecoderJob,
  { wallMs, onFaultless }: { readonly wallMs: number; readonly onFaultless?: (() => void) | undefined },
): Promise<DecoderReply | { kind: 'exited' }> {
  const { promise, resolve } = Promise.withResolvers<DecoderReply | { kind: 'exited' }>();
  let end: DecoderReply | { kind: 'exited' } = { kind: 'exited' };
  const exceeded = () => {
    end = { kind: 'exceeded' };
    child.kill('SIGKILL');
  };
  const timer = setTimeout(exceeded, wallMs);
  const onReply = (reply: DecoderReply | FaultlessDelivery) => {
    if (reply.kind === 'faultless') onFaultless?.();
    else if (reply.kind === 'exceeded') exceeded();
    else resolve(reply);
  };
  const onExit = () => resolve(end);
  child.on('message', onReply).on('exit', onExit);
  // A process that can't be sent to has ended, or ends now.
  child.send(job, (error) => error && child.kill('SIGKILL'));
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', onReply).off('exit', onExit);
  });
}

/** With the compiled modules, a process starts in half of the time. */
function inherited(name: string): Readonly<Record<string, string>> {
  const value = process.env[name];
  return value === undefined ? {} : { [name]: value };
}

/** It gets none of this process' secrets, and does not keep this one alive. */
function startProcess(limits: DecoderLimits, niceness: number): ChildProcess {
  const child = fork(new URL('./decoder-process.ts', import.meta.url), [JSON.stringify(limits)], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${HEAP_MAX_MB}`],
    env: { MALLOC_ARENA_MAX: '2', ...inherited('SystemRoot'), ...inherited('NODE_COMPILE_CACHE') },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  // One that could not be started has no exit of its own.
  child.on('error', () => (child.pid === undefined ? child.emit('exit') : child.kill('SIGKILL')));
  try {
    if (child.pid !== undefined) setPriority(child.pid, niceness);
  } catch {
    // It has ended, or this system knows no priorities.
  }
  return child;
}
