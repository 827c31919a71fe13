import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, afterEach, beforeEach, expect, it } from 'vitest';
import { isBuilt, noteBuilt, sourceHash } from './built-from.ts';

let project: string;
let dist: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'built-from-'));
  dist = join(project, 'web', 'dist');
  await mkdir(dist, { recursive: true });
  await writeFile(join(project, 'web', 'page.tsx'), 'one');
  await writeFile(join(project, 'package-lock.json'), '{}');
  await noteBuilt(dist, await sourceHash(project));
});
afterEach(() => rm(project, { recursive: true }));

describe('isBuilt', () => {
  it('accepts a page that was built from the current sources', async () => {
    expect(await isBuilt(project, dist)).toBe(true);
  });

  it.each(['web/page.tsx', 'web/new.tsx', 'contract/routes/new.ts', 'domain/deep/new.ts', 'package-lock.json'])(
    'requires a new build when %s changes',
    async (file) => {
      await mkdir(join(project, file, '..'), { recursive: true });
      await writeFile(join(project, file), 'two');
      expect(await isBuilt(project, dist)).toBe(false);
    },
  );

  it.each(['web/page.test.tsx', 'web/dist/index.html', 'web/dist-99/index.html'])(
    'does not require a new build when %s changes',
    async (file) => {
      await mkdir(join(project, file, '..'), { recursive: true });
      await writeFile(join(project, file), 'two');
      expect(await isBuilt(project, dist)).toBe(true);
    },
  );

  it('requires a build when there is none', async () => {
    await rm(dist, { recursive: true });
    expect(await isBuilt(project, dist)).toBe(false);
  });
});
