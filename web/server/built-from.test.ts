import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

it('knows a page that was built from the present sources', async () => {
  expect(await isBuilt(project, dist)).toBe(true);
});

it.each(['web/page.tsx', 'web/new.tsx', 'contract/routes/new.ts', 'domain/deep/new.ts', 'package-lock.json'])(
  'builds again when %s changed',
  async (file) => {
    await mkdir(join(project, file, '..'), { recursive: true });
    await writeFile(join(project, file), 'two');
    expect(await isBuilt(project, dist)).toBe(false);
  },
);

it.each(['web/page.test.tsx', 'web/dist/index.html', 'web/dist-99/index.html'])('does not for %s', async (file) => {
  await mkdir(join(project, file, '..'), { recursive: true });
  await writeFile(join(project, file), 'two');
  expect(await isBuilt(project, dist)).toBe(true);
});

it('builds where nothing was built', async () => {
  await rm(dist, { recursive: true });
  expect(await isBuilt(project, dist)).toBe(false);
});
