import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '#process/run-command.ts';
import { elapsed } from './progress.ts';

/**
 * `npm run first-start`: starts the studio from empty caches in a temporary folder, signs in as soon as the page is up, requests an
 * avatar at once, and writes when each step happened into docs/. Variables of the launcher apply, such as STACK_DOWNLOADS=off.
 */
const PROJECT = join(import.meta.dirname, '..');
const POLL_MS = 500;
const REQUEST_TIMEOUT_MS = 10_000;
/** A build of the Temporal server on a busy machine, several times over. */
const TIMEOUT_MS = 60 * 60_000;
const ANY_PORT = {
  API_PORT: '0',
  INTERNAL_PORT: '0',
  WEB_PORT: '0',
  METRICS_PORT: '0',
  POSTGRES_PORT: '0',
  GCS_PORT: '0',
};
const ANY_TEMPORAL_PORT = { TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0' };

const DELIVERED = 'The avatar is delivered';

interface Step {
  readonly atMs: number;
  readonly what: string;
}

await runCommand(async () => {
  const downloads = process.env['STACK_DOWNLOADS'] === 'off' ? 'off' : 'on';
  const folder = await mkdtemp(join(tmpdir(), 'first-start-'));
  await chmod(folder, 0o755);
  await rm(join(PROJECT, 'web', 'dist'), { recursive: true, force: true });
  const steps: Step[] = [];
  const startedAt = performance.now();
  const note = (what: string): void => {
    steps.push({ atMs: performance.now() - startedAt, what });
    process.stdout.write(`${elapsed(performance.now() - startedAt).padStart(12)}  ${what}\n`);
  };
  const launcher = spawn(process.execPath, ['stack/start.ts'], {
    cwd: PROJECT,
    env: { ...process.env, ...emptyCaches(folder), ...ANY_PORT, ...ANY_TEMPORAL_PORT },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => launcher.once('close', () => resolve()));
  const page = new Promise<string>((resolve, reject) => {
    createInterface({ input: launcher.stdout }).on('line', (text) => {
      const step = text.replace(/(?:with )?after [\d a-z]+/, '').trim();
      if (/^(?:Temporal|GCS emulator): |: done|failed|^Generations run|^Continuing/.test(text)) note(step);
      const url = /^The page is up .*: (http:\/\/\S+)\/\?/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    void ended.then(() => reject(new Error('the launcher has ended')));
  });
  try {
    await Promise.race([requestAvatar(await page, note), ended, sleep(TIMEOUT_MS, undefined, { ref: false })]);
    if (!steps.some(({ what }) => what === DELIVERED)) throw new Error('no avatar was delivered');
    await record(downloads, steps);
  } finally {
    launcher.kill('SIGTERM');
    await ended;
    // Go's module cache is read-only.
    await rmReadOnly(folder);
  }
});

function emptyCaches(folder: string): Record<string, string> {
  return {
    DATA_DIR: join(folder, 'data'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    GOCACHE: join(folder, 'go-build'),
    GOMODCACHE: join(folder, 'go-modules'),
    PIP_NO_CACHE_DIR: '1',
  };
}

/** Signs in, requests an avatar while the engine may be missing, and waits for it. */
async function requestAvatar(webUrl: string, note: (what: string) => void): Promise<void> {
  const api = async (path: string, token?: string, body?: unknown): Promise<Record<string, string>> => {
    const response = await fetch(`${webUrl}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}`, 'idempotency-key': 'first-start-avatar' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  };
  const { token } = await api('/demo/sign-in', undefined, { user: 'alice' });
  note('The page is up, and a user has signed in');
  const { id: projectId } = await api('/projects', token, { name: 'First start' });
  const request = { sourceType: 'text_to_image', prompt: 'a lighthouse keeper with a red scarf' };
  const { id, status } = await api(`/projects/${projectId}/generations`, token, request);
  note(`An avatar is requested, and accepted as "${status}"`);
  for (;;) {
    const generation = await api(`/generations/${id}`, token);
    if (generation['status'] === 'completed') return note(DELIVERED);
    if (generation['status'] === 'failed') throw new Error(`the generation failed: ${JSON.stringify(generation)}`);
    await sleep(POLL_MS);
  }
}

async function record(downloads: string, steps: readonly Step[]): Promise<void> {
  const file = join(PROJECT, 'docs', `first-start-downloads-${downloads}.md`);
  const rows = steps.map(({ atMs, what }) => `| ${elapsed(atMs)} | ${what} |`);
  const text = [
    `# A start from empty caches, \`STACK_DOWNLOADS=${downloads}\``,
    '',
    `Recorded by \`npm run first-start\` on ${new Date().toISOString().slice(0, 10)}: ${platform()} ${arch()}, ` +
      `${availableParallelism()} cores, Node ${process.versions.node}.`,
    '',
    '| After | Step |',
    '| --- | --- |',
    ...rows,
    '',
  ].join('\n');
  await writeFile(file, text);
  process.stdout.write(`Written: ${file}\n`);
}

async function rmReadOnly(folder: string): Promise<void> {
  const chmodAll = spawn('chmod', ['-R', 'u+w', folder], { stdio: 'ignore' });
  await new Promise((resolve) => chmodAll.once('close', resolve));
  await rm(folder, { recursive: true, force: true });
}
