import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBuildSlots } from './build-slots.ts';
import { isCached, toolDirectory } from './cache.ts';
import { goInstall, GoMissingError, type GoInstallDeps } from './go-install.ts';
import { createProgress } from './progress.ts';
import type { GoTool } from './tools.ts';

const TOOL: GoTool = {
  name: 'pair',
  version: '1.2.3',
  binaries: ['first', 'second'],
  modules: ['example.org/pair/cmd/server', 'example.org/pair/cmd/tool'],
  packages: { first: 2 },
};

/** Replaces `go`: records its arguments and creates a program named after the module, as `go install` does. */
const STAND_IN = `#!/bin/sh
echo "$@" >> "$CALLS"
for last; do :; done
echo "go: downloading example.org/dependency v1.0.0" >&2
echo "example.org/dependency" >&2
if [ -n "$FAIL" ]; then echo "example.org/pair: undefined: thing" >&2; exit 1; fi
name=$(basename "\${last%@*}")
printf '#!/bin/sh\\necho %s\\n' "$name" > "$GOBIN/$name"
chmod +x "$GOBIN/$name"
`;

describe('building a pinned tool with Go', () => {
  let root: string;
  let shown: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'go-install-'));
    shown = '';
    await writeFile(join(root, 'go'), STAND_IN, { mode: 0o755 });
    await writeFile(join(root, 'calls'), '');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const deps = (extra: Record<string, string> = {}): GoInstallDeps => ({
    cacheRoot: join(root, 'cache'),
    env: { PATH: process.env['PATH'], CALLS: join(root, 'calls'), ...extra },
    progress: createProgress({ write: (text) => (shown += text) }),
    signal: new AbortController().signal,
    builds: createBuildSlots(1),
    findGo: async () => join(root, 'go'),
  });
  const calls = async (): Promise<string[]> => (await readFile(join(root, 'calls'), 'utf8')).trim().split('\n');

  test('installs every program under its own name in the versioned folder, and shows each step', async () => {
    await goInstall(deps(), TOOL);

    const directory = toolDirectory(join(root, 'cache'), TOOL);
    expect(directory.endsWith('pair-1.2.3')).toBe(true);
    expect(await readFile(join(directory, 'first'), 'utf8')).toContain('echo server');
    expect(await readFile(join(directory, 'second'), 'utf8')).toContain('echo tool');
    expect(await calls()).toEqual([
      'install -v -trimpath -ldflags=-s example.org/pair/cmd/server@v1.2.3',
      'install -v -trimpath -ldflags=-s example.org/pair/cmd/tool@v1.2.3',
    ]);
    expect(shown).toContain('go install example.org/pair/cmd/server@v1.2.3\n');
    expect(shown).toMatch(/Building first: done after \d+ s/);
  });

  test('does not build a tool that is already cached', async () => {
    await goInstall(deps(), TOOL);
    await goInstall(deps(), TOOL);
    expect(await calls()).toHaveLength(2);
  });

  test('builds once for two concurrent starts', async () => {
    await Promise.all([goInstall(deps(), TOOL), goInstall(deps(), TOOL)]);
    expect(await calls()).toHaveLength(2);
    expect(shown).toContain('Waiting for another process that is building pair 1.2.3');
  });

  test.each(['', 'first'])('builds a tool again when other users could have changed %j', async (name) => {
    await goInstall(deps(), TOOL);
    const path = join(toolDirectory(join(root, 'cache'), TOOL), name);
    await chmod(path, 0o777);
    expect(await isCached(join(root, 'cache'), TOOL)).toBe(false);
    await goInstall(deps(), TOOL);
    expect(await calls()).toHaveLength(4);
    expect((await stat(path)).mode & 0o022).toBe(0);
  });

  test("leaves nothing in the cache after a failed build, and reports the end of Go's output", async () => {
    await expect(goInstall(deps({ FAIL: '1' }), TOOL)).rejects.toThrow('example.org/pair: undefined: thing');
    expect(await isCached(join(root, 'cache'), TOOL)).toBe(false);
    expect(await readdir(join(root, 'cache'))).toEqual([]);
  });

  test('fails without Go, and does not change the cache', async () => {
    await expect(goInstall({ ...deps(), findGo: async () => undefined }, TOOL)).rejects.toThrow(GoMissingError);
    await expect(readdir(join(root, 'cache'))).rejects.toThrow('ENOENT');
  });
});
