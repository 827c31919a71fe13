import { convertImage } from '../convert-image.ts';
import { checkDelivery } from '../delivered-image.ts';
import { CorruptImage, encodeDecoded, encodeImage } from '../encode-image.ts';
import { previewUpload, sanitizeUpload } from '../sanitize-upload.ts';
import { UploadRejected } from '../upload-rejected.ts';
import type { DecoderJob, DecoderLimits, DecoderReply, DecoderResults, FaultlessDelivery } from './decoder-messages.ts';

/** Memory grows by about 40 MB meanwhile. */
const WATCH_EVERY_MS = 10;
const MICROSECONDS_PER_MS = 1000;

const limits = JSON.parse(process.argv[2] ?? '') as DecoderLimits;

process.on('message', (job: DecoderJob) => void answer(job));
// The parent has ended. Exiting in order would wait for the decoding threads.
process.on('disconnect', kill);

/** Decoding runs on threads of libvips, so this one is free to watch it. */
async function answer(job: DecoderJob): Promise<void> {
  const startCpu = process.cpuUsage();
  const watch = setInterval(() => {
    const { user, system } = process.cpuUsage(startCpu);
    const isExceeded =
      user + system > limits.cpuMs * MICROSECONDS_PER_MS || process.memoryUsage.rss() > limits.memoryBytes;
    if (!isExceeded) return;
    clearInterval(watch);
    reply({ kind: 'exceeded' }, kill);
  }, WATCH_EVERY_MS);
  try {
    const result = await run(job);
    reply({ kind: 'done', result, rssBytes: process.memoryUsage.rss() });
  } catch (error) {
    if (!(error instanceof UploadRejected)) throw error;
    reply({ kind: 'rejected', fault: error.fault, message: error.message, rssBytes: process.memoryUsage.rss() });
  } finally {
    clearInterval(watch);
  }
}

function run(job: DecoderJob): Promise<DecoderResults[keyof DecoderResults]> {
  const bytes = Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength);
  if (job.kind === 'sanitize') return sanitizeUpload(bytes, job.form, job.crop);
  if (job.kind === 'inspect') return previewUpload(bytes, job.crop);
  if (job.kind === 'delivery') return deliver({ ...job, bytes });
  if (job.kind === 'convert') return convertImage(bytes, job.options);
  return encodeImage(bytes, job.options).catch(undefinedIfCorrupt);
}

async function deliver({
  bytes,
  requested,
  options,
}: Extract<DecoderJob, { kind: 'delivery' }>): Promise<DecoderResults['delivery']> {
  const delivery = await checkDelivery(bytes, requested, options);
  if (delivery.fault) return delivery;
  reply({ kind: 'faultless' });
  return { fault: undefined, encoded: await encodeDecoded(delivery.decoded, options) };
}

function undefinedIfCorrupt(error: unknown): undefined {
  if (!(error instanceof CorruptImage)) throw error;
}

function reply(message: DecoderReply | FaultlessDelivery, then?: () => void): void {
  process.send!(message, undefined, undefined, then);
}

/** Nothing that runs at an exit could stop a thread of libvips. */
function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}
