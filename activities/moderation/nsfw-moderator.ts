import { Worker } from 'node:worker_threads';
import { IMAGE_CLASSES, type ImageScores } from '#domain/moderation/image-check.ts';
import { openImage } from '../image/open-image.ts';
import type { ImageModerator } from './port.ts';
import type { ThreadAnswer, ThreadQuestion } from './nsfw-messages.ts';

/** The model's own input. */
const SIDE_PX = 224;
/** 65 ms an image once the model is there; loading it takes four seconds of a core, and far longer on a crowded machine. */
const TIMEOUT_MS = 60_000;
/** Images that wait for the one thread; more than this means that something is wrong with it. */
const WAITING_MAX = 200;

interface Waiting {
  resolve(scores: ImageScores): void;
  reject(error: Error): void;
}

/**
 * The classifier (nsfwjs, MobileNet v2, on WebAssembly) in a thread of its own, so that nothing waits for its arithmetic. The thread
 * starts with the first image, since who only draws needs none; one that dies is replaced at the next.
 */
export function createNsfwModerator({ timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {}): ImageModerator {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let asked = 0;

  function startThread(): Worker {
    const started = new Worker(new URL('./nsfw-thread.ts', import.meta.url));
    started.unref();
    started.on('message', (answer: ThreadAnswer) => {
      const asker = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('scores' in answer) asker?.resolve(scoresOf(answer.scores));
      else asker?.reject(new Error(`The content check failed: ${answer.error}`));
    });
    started.on('error', () => undefined); // its exit follows
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
      if (!opened) throw new Error('The content check takes no unsupported image format');
      // Squashed, not cropped: what is at the edge is looked at too.
      const pixels = await opened
        .resize(SIDE_PX, SIDE_PX, { fit: 'fill' })
        .flatten()
        .toColourspace('srgb')
        .raw({ depth: 'uchar' })
        .toBuffer();
      const id = (asked += 1);
      const { promise, resolve, reject } = Promise.withResolvers<ImageScores>();
      const timer = setTimeout(() => reject(new Error('The content check took too long')), timeoutMs);
      waiting.set(id, { resolve, reject });
      const question: ThreadQuestion = { id, pixels: new Uint8Array(pixels) };
      thread ??= startThread();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; this is a thread
      thread.postMessage(question);
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
