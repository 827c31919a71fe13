import { Worker } from 'node:worker_threads';
import { IMAGE_CLASSES, type ImageScores } from '#domain/moderation/image-check.ts';
import { openImage } from '../image/open-image.ts';
import type { ImageModerator } from './port.ts';
import type { ClassifyRequest, ClassifyResponse } from './nsfw-messages.ts';

/** The size of the model's input. */
const SIDE_PX = 224;
/** An image takes 65 ms once the model is loaded; loading takes four seconds of a core, and far longer on a busy machine. */
const TIMEOUT_MS = 60_000;
/** Images that may wait for the single thread; more mean that it is stuck. */
const WAITING_MAX = 200;

interface PendingScore {
  resolve(scores: ImageScores): void;
  reject(error: Error): void;
}

/**
 * Runs the classifier (nsfwjs, MobileNet v2, on WebAssembly) in a thread of its own, so that it does not block the event loop. The
 * thread starts with the first image, since a process without one does not need it; a thread that dies is replaced at the next image.
 */
export function createNsfwModerator({ timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {}): ImageModerator {
  const waiting = new Map<number, PendingScore>();
  let thread: Worker | undefined;
  let lastId = 0;

  function startThread(): Worker {
    const started = new Worker(new URL('./nsfw-thread.ts', import.meta.url));
    started.unref();
    started.on('message', (response: ClassifyResponse) => {
      const pending = waiting.get(response.id);
      waiting.delete(response.id);
      if ('scores' in response) pending?.resolve(scoresOf(response.scores));
      else pending?.reject(new Error(`The content check failed: ${response.error}`));
    });
    started.on('error', () => undefined); // the exit event follows
    started.on('exit', () => {
      if (thread === started) thread = undefined;
      for (const { reject } of waiting.values()) reject(new Error('The content check was stopped'));
      waiting.clear();
    });
    return started;
  }

  return {
    async score(image) {
      if (waiting.size >= WAITING_MAX) throw new Error('Too many images wait for the content check');
      const opened = openImage(image);
      if (!opened) throw new Error('The content check got an unsupported image format');
      // Squashed, not cropped, so that the edges are checked too.
      const pixels = await opened
        .resize(SIDE_PX, SIDE_PX, { fit: 'fill' })
        .flatten()
        .toColourspace('srgb')
        .raw({ depth: 'uchar' })
        .toBuffer();
      const id = (lastId += 1);
      const { promise, resolve, reject } = Promise.withResolvers<ImageScores>();
      const timer = setTimeout(() => reject(new Error('The content check took too long')), timeoutMs);
      waiting.set(id, { resolve, reject });
      const request: ClassifyRequest = { id, pixels: new Uint8Array(pixels) };
      thread ??= startThread();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- applies to windows; this is a thread
      thread.postMessage(request);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
    async close() {
      await thread?.terminate();
    },
  };
}

function scoresOf(scores: Readonly<Record<string, number>>): ImageScores {
  const rounded = IMAGE_CLASSES.map((name) => [name, Math.round((scores[name] ?? 0) * 1e4) / 1e4]);
  return Object.fromEntries(rounded) as ImageScores;
}
