import { setTimeout as sleep } from 'node:timers/promises';
import type { CallFault, FaultScript } from '../faults/fault.ts';
import { createFaultQueue, type FaultQueue } from '../faults/fault-queue.ts';
import { type FakeRoute, type FakeServer, type Incoming, serveFaulty } from '../faults/serve-faulty.ts';
import { drawDelivered } from '../faults/undeliverable-image.ts';
import { OVERSIZED_BYTES, type Reply } from '../faults/wire.ts';
import { MODELS, textToImage } from './model-schema.ts';

export interface FakeHuggingFaceOptions {
  /** 0, the default, uses a free port. */
  readonly port?: number;
  readonly token?: string;
  /** How long an image takes without a fault, milliseconds. */
  readonly runsMs?: number;
  /** Instead of scripted faults. */
  readonly faults?: FaultQueue;
}

/** One generated image, as it would be billed. */
interface LedgerEntry {
  readonly model: string;
  readonly seed: number | undefined;
  readonly prompt: string;
  readonly negativePrompt: string | undefined;
}

export interface FakeHuggingFace extends Pick<FakeServer, 'calls' | 'reset' | 'stop'> {
  /** For HF_BASE_URL. */
  readonly baseUrl: string;
  /** For HF_HUB_URL. */
  readonly hubUrl: string;
  readonly token: string;
  ledger(): LedgerEntry[];
  script(...faults: FaultScript[]): void;
}

const RUNS_MS = 100;
const LOADING_S = 20;

/** Serves the parts of Hugging Face's published inference API that we use on a loopback port, with faults on demand. */
export async function createFakeHuggingFace(options: FakeHuggingFaceOptions = {}): Promise<FakeHuggingFace> {
  const { port, token = 'hf_fake', runsMs = RUNS_MS } = options;
  const { faults = createFaultQueue() } = options;
  let ledger: LedgerEntry[] = [];

  /** The call that costs money; its reply is the image. */
  async function textToImageReply(model: string, { body, headers }: Incoming): Promise<Reply> {
    if (!MODELS.some((name) => name === model)) return problem(404, `Model ${model} does not exist`);
    const input = textToImage.safeParse(JSON.parse(body));
    if (!input.success)
      return problem(
        400,
        input.error.issues.map(({ message }) => message),
      );
    const { inputs, parameters } = input.data;
    const fault = faults.shiftForPrediction(inputs)?.fault;
    if (fault === 'never_starts') {
      return problem(503, `Model ${model} is currently loading`, { estimated_time: LOADING_S });
    }
    if (fault === 'nsfw') return problem(400, `NSFW content detected for "${inputs}"`);
    if (fault === 'failed') return problem(500, 'CUDA out of memory');
    ledger.push({ model, seed: parameters.seed, prompt: inputs, negativePrompt: parameters.negative_prompt });
    await sleep(fault === 'stuck' ? 2 ** 30 : runsMs, undefined, { ref: false });
    if (fault === 'empty') return { status: 200, body: {} };
    if (fault === 'oversized') return { status: 200, body: Buffer.alloc(OVERSIZED_BYTES), contentType: 'image/png' };
    const format = headers.accept === 'image/png' ? 'png' : 'jpg';
    const { width: widthPx, height: heightPx, seed = 0 } = parameters;
    const image = await drawDelivered({ widthPx, heightPx, seed, format }, fault);
    return { status: 200, body: image, contentType: `image/${format === 'png' ? 'png' : 'jpeg'}` };
  }

  function routeOf(method: string, path: string): FakeRoute | undefined {
    const [, model] = /^\/hf-inference\/models\/([\w.-]+\/[\w.-]+)$/.exec(path) ?? [];
    if (method === 'POST' && model !== undefined) {
      return { call: 'create', act: (incoming) => textToImageReply(model, incoming) };
    }
    const isWhoAmI = method === 'GET' && path === '/api/whoami-v2';
    return isWhoAmI
      ? { call: 'account', act: () => ({ status: 200, body: { type: 'user', name: 'studio' } }) }
      : undefined;
  }

  const server = await serveFaulty(
    {
      faults,
      authorization: `Bearer ${token}`,
      unauthenticated: problem(401, 'Invalid credentials in Authorization header'),
      notFound: problem(404, 'Not Found'),
      faultReply,
      routeOf,
      ledger: () => ledger,
      reset: () => {
        ledger = [];
      },
    },
    port,
  );
  const { calls, reset, script, stop, origin } = server;
  return { baseUrl: `${origin}/hf-inference`, hubUrl: origin, token, calls, reset, script, stop, ledger: () => ledger };
}

function faultReply(fault: CallFault): Reply {
  switch (fault.fault) {
    case 'rate_limited': {
      const headers = { 'retry-after': String(fault.retryAfterS) };
      return { ...problem(429, 'You have reached your rate limit. Please wait.'), headers };
    }
    case 'auth':
      return problem(401, 'Invalid credentials in Authorization header');
    case 'no_funds':
      return problem(402, 'You have exceeded your monthly included credits for Inference Providers.');
    case 'invalid_input':
      return problem(400, ['Error in `parameters.width`: field required']);
    default:
      return { status: 500, body: Buffer.from('<html>Internal Server Error</html>'), contentType: 'text/html' };
  }
}

function problem(status: number, error: string | string[], more: object = {}): Reply {
  return { status, body: { error, ...more } };
}
