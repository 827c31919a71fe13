import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import type { ClassifyRequest, ClassifyResponse } from './nsfw-messages.ts';

/** The model's input. */
const SIDE_PX = 224;
const CHANNELS = 3;

const require = createRequire(import.meta.url);
setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/wasm-out/`);

/** As nsfwjs returns it. */
interface ClassProbability {
  readonly className: string;
  readonly probability: number;
}

/** Loaded once, when the thread starts, since it takes seconds. The model is part of the package: no network access. */
const model = loadModel();

async function loadModel() {
  await tf.setBackend('wasm');
  await tf.ready();
  // Its ES module build imports files without extensions, which Node rejects.
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

async function respond({ id, pixels }: ClassifyRequest): Promise<ClassifyResponse> {
  try {
    return { id, scores: await classify(pixels) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (request: ClassifyRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- applies to windows; this is a thread
  void respond(request).then((response) => parentPort?.postMessage(response));
});
