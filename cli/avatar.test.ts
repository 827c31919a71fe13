import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const COMMAND = join(import.meta.dirname, 'avatar.ts');
const STARTED = aGeneration();
const CREDITS = { available: 90, held: 0, posted: 90 };

let dataDir: string;
let studio: FakeStudio | undefined;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'avatar-command-'));
});
afterEach(async () => {
  await studio?.close();
  studio = undefined;
  await rm(dataDir, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in a folder of its own. @param interruptAt sends SIGINT once stderr contains it */
async function command(args: readonly string[], interruptAt?: string): Promise<Ended> {
  const { PATH = '' } = process.env;
  const child = spawn('node', [COMMAND, ...args], { cwd: dataDir, env: { PATH, DATA_DIR: dataDir } });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      printed[name] += String(chunk);
      if (interruptAt === undefined || !printed.stderr.includes(interruptAt)) return;
      interruptAt = undefined;
      child.kill('SIGINT');
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...printed };
}

/** A studio with a generation in queue; the test defines what happens next. */
async function openStudio(answers: Readonly<Record<string, Answer>>): Promise<void> {
  studio = await startFakeStudio({
    'POST /demo/sign-in': json(200, { token: 'a-token', expiresInSeconds: 3600 }),
    'GET /projects': json(200, {
      data: [PROJECT],
      meta: { nextCursor: null, hasMore: false, total: 1, totalIsExact: true },
    }),
    'GET /credits': json(200, CREDITS),
    [`POST /projects/${PROJECT_ID}/generations`]: json(202, STARTED),
    'GET /image.webp': (response) => response.end('RIFF'),
    ...answers,
  });
  await writeFile(join(dataDir, 'addresses.json'), JSON.stringify({ apiUrl: studio.url }));
}

const INPUT = ['--prompt', 'a smiling gardener', '--out', 'face.webp'];

describe('`npm run avatar`', () => {
  it('finds the running studio, saves the image and prints only the result on stdout', async () => {
    await openStudio({
      [`GET /generations/${STARTED.id}/events`]: (response) => {
        startStream(response);
        const avatar = anAvatar({
          imageUrl: `${studio?.url}/image.webp`,
          thumbnailUrl: `${studio?.url}/image.webp`,
        });
        const generations = [aGeneration({ status: 'completed', version: 2, avatar })];
        sendEvent(response, 'snapshot', { generations, credits: CREDITS });
      },
    });
    const { code, stdout, stderr } = await command(INPUT);
    expect(stdout).toMatch(/^Saved .*face\.webp .*\n$/);
    expect(stderr).toContain('in queue\n');
    expect(code).toBe(0);
    expect(await readFile(join(dataDir, 'face.webp'), 'utf8')).toBe('RIFF');
  });

  it('cancels on Ctrl-C, reports the returned credits, and exits with 130', async () => {
    const cancelled = aGeneration({ status: 'cancelled', version: 2, creditsReturned: 10 });
    const { promise: requestArrived, resolve: respond } = Promise.withResolvers<void>();
    await openStudio({
      [`GET /generations/${STARTED.id}/events`]: (response) => {
        startStream(response);
        void requestArrived.then(() => sendEvent(response, 'generation', cancelled));
      },
      [`POST /generations/${STARTED.id}/cancel`]: (response, request) => {
        json(202, STARTED)(response, request);
        respond();
      },
    });
    const { code, stdout, stderr } = await command(INPUT, 'in queue');
    expect(stderr).toContain('Cancelled. 10 credits returned.');
    expect(stdout).toBe('');
    expect(code).toBe(130);
  });

  it('prints the reason when the studio refuses the request', async () => {
    const refused = { type: 'about:blank', title: 'Not enough credits', status: 402, requestId: 'r-1' };
    await openStudio({
      [`POST /projects/${PROJECT_ID}/generations`]: json(402, {
        ...refused,
        code: 'insufficient_credits',
        required: 10,
        available: 3,
      }),
    });
    const { code, stderr } = await command(INPUT);
    expect(stderr).toContain('Not enough credits: this costs 10, and 3 are available.');
    expect(code).toBe(1);
  });

  it('explains how to start a studio when none is running', async () => {
    const { code, stderr } = await command(INPUT);
    expect(stderr).toContain('npm start');
    expect(code).toBe(2);
  });

  it('reports that the studio does not respond', async () => {
    const { code, stderr } = await command([...INPUT, '--api', 'http://127.0.0.1:9']);
    expect(stderr).toContain('The studio at http://127.0.0.1:9 does not respond.');
    expect(code).toBe(3);
  });

  it('prints its usage with --help', async () => {
    const { code, stdout } = await command(['--help']);
    expect(stdout).toContain('npm run avatar -- --prompt');
    expect(code).toBe(0);
  });
});
