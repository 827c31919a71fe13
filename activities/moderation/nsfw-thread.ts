import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import type { ThreadAnswer, ThreadQuestion } from './nsfw-messages.ts';

/** The model's own input. */
const SIDE_PX = 224;
const CHANNELS = 3;

const require = createRequire(import.meta.url);
setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/wasm-out/`);

/** What the classifier says of one class. */
interface ClassProbability {
  readonly className: string;
  readonly probability: number;
}

/** Once, at the thread's start: it takes seconds, and comes with the package, so no network is asked. */
const model = loadModel();

async function loadModel() {
  await tf.setBackend('wasm');
  await tf.ready();
  // Its ES module build imports without extensions, which Node does not.
  const { load } = require('nsfwjs') as typeof import('nsfwjs');
  return load('MobileNetV2');
}

async function classify(pixels: Uint8Array): Promise<Record<string, number>> {
  const classifier = await model;
  const image = tf.tensor3d(pixels, [SIDE_PX, SIDE_PX, CHANNELS], 'int32');
  try {
    const classes: readonly ClassProbability[] = await classifier.classify(image);
    return Object.fromEntries(classes.map(({ className, probability }) => [className.toLowerCase(), probability]));
  } finally {
    image.dispose();
  }
}

async function answer({ id, pixels }: ThreadQuestion): Promise<ThreadAnswer> {
  try {
    return { id, scores: await classify(pixels) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (question: ThreadQuestion) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; this is a thread
  void answer(question).then((reply) => parentPort?.postMessage(reply));
});
