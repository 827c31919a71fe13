import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { generateAvatar } from './generate-avatar.ts';
import { createProgressReporter } from './progress-reporter.ts';
import { createStudioClient } from './studio-client.ts';
import {
  PROJECT,
  json,
  sendEvent,
  startFakeStudio,
  startStream,
  type Answer,
  type FakeStudio,
} from './testing/fake-studio.ts';
import { PROJECT_ID, anAvatar, aGeneration } from '#contract/testing/samples.ts';

const CREDITS = { available: 90, held: 0, posted: 90 };
const STARTED = aGeneration();
const EVENTS = `GET /generations/${STARTED.id}/events`;
const START = `POST /projects/${PROJECT_ID}/generations`;
const meta = { nextCursor: null, hasMore: false, total: 0, totalIsExact: true };

let folder: string;
let studio: FakeStudio;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avatar-cli-'));
});
afterEach(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

async function run(answers: Readonly<Record<string, Answer>>, options: { interrupt?: AbortController } = {}) {
  studio = await startFakeStudio({
    'POST /demo/sign-in': json(200, { token: 'a-token', expiresInSeconds: 3600 }),
    'GET /projects': json(200, { data: [], meta }),
    'POST /projects': json(201, PROJECT),
    'GET /credits': json(200, CREDITS),
    [START]: json(202, STARTED),
    'GET /image.webp': (response) => response.end('RIFF'),
    ...answers,
  });
  const shown: string[] = [];
  const deps = {
    client: createStudioClient({ baseUrl: studio.url, fetch }),
    fetch,
    progress: createProgressReporter({ write: (text) => shown.push(text) }, () => 0),
    interrupted: (options.interrupt ?? new AbortController()).signal,
  };
  const parsed = readArguments(['--prompt', 'a smiling gardener']);
  if (parsed === undefined) throw new Error('no request');
  return { result: await generateAvatar(deps, parsed, join(folder, 'face.webp')), shown: shown.join('') };
}

const completed = () =>
  aGeneration({
    status: 'completed',
    version: 3,
    avatar: anAvatar({ imageUrl: `${studio.url}/image.webp`, thumbnailUrl: `${studio.url}/image.webp` }),
  });

describe('generateAvatar', () => {
  it('signs in, creates the project, shows the stages and saves the image', async () => {
    const { result, shown } = await run({
      [EVENTS]: (response) => {
        startStream(response);
        sendEvent(response, 'snapshot', { generations: [STARTED], credits: CREDITS });
        sendEvent(
          response,
          'generation',
          aGeneration({ status: 'processing', stage: 'generating', model: 'FLUX.1 [dev]', version: 2 }),
        );
        sendEvent(response, 'generation', completed());
      },
    });
    expect(result.outcome).toBe('saved');
    expect(result.message).toMatch(/face\.webp \(1024 × 1024, 1 kB, seed 7\)\. It cost 10 credits; 90 are left\.$/);
    expect(await readFile(join(folder, 'face.webp'), 'utf8')).toBe('RIFF');
    expect(shown).toContain('generating with FLUX.1 [dev]\n');
    const start = studio.seen.find(({ key }) => key === START);
    expect(start?.body).toEqual({ sourceType: 'text_to_image', prompt: 'a smiling gardener' });
    expect(start?.headers).toMatchObject({ authorization: 'Bearer a-token', 'idempotency-key': expect.any(String) });
  });

  it('retries with the same Idempotency-Key when the response was lost', async () => {
    let lost = false;
    await run({
      [START]: (response, request) => {
        if (lost) return json(202, STARTED)(response, request);
        lost = true;
        response.destroy();
      },
      [EVENTS]: (response) => {
        startStream(response);
        sendEvent(response, 'snapshot', { generations: [completed()], credits: CREDITS });
      },
    });
    const keys = studio.seen.filter(({ key }) => key === START).map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('cancels on Ctrl-C and reports the returned credits', async () => {
    const interrupt = new AbortController();
    let notify: (() => void) | undefined;
    const { result } = await run(
      {
        [EVENTS]: (response) => {
          startStream(response);
          sendEvent(response, 'snapshot', { generations: [STARTED], credits: CREDITS });
          notify = () =>
            sendEvent(response, 'generation', aGeneration({ status: 'cancelled', version: 2, creditsReturned: 10 }));
          interrupt.abort();
        },
        [`POST /generations/${STARTED.id}/cancel`]: (response, request) => {
          json(202, STARTED)(response, request);
          notify?.();
        },
      },
      { interrupt },
    );
    expect(result).toEqual({ outcome: 'cancelled', message: 'Cancelled. 10 credits returned.' });
  });

  it('saves an image that was finished before the cancel arrived', async () => {
    const interrupt = new AbortController();
    const { result } = await run(
      {
        [EVENTS]: (response) => {
          startStream(response);
          interrupt.abort();
          setTimeout(() => sendEvent(response, 'snapshot', { generations: [completed()], credits: CREDITS }), 50);
        },
        [`POST /generations/${STARTED.id}/cancel`]: (response) => response.writeHead(409).end(),
      },
      { interrupt },
    );
    expect(result.outcome).toBe('saved');
  });
});
