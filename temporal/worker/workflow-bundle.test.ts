import {
  appendFile,
  chmod,
  chown,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { workflowBundle } from './workflow-bundle.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const NESTED = 'domain/deep/deeper/value.ts';
const PLANTED = 'planted by another user';
const OTHER_UID = 65_534;
const IS_ROOT = process.getuid?.() === 0;

let root: string;
let folder: string;

/** A project with a single workflow, which imports a nested file: bundling ours takes several times as long. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'workflow-bundle-'));
  await copyFile(join(PROJECT, 'package.json'), join(root, 'package.json'));
  await symlink(join(PROJECT, 'node_modules'), join(root, 'node_modules'));
  await mkdir(join(root, 'workflows'));
  await mkdir(dirname(join(root, NESTED)), { recursive: true });
  const workflow = `import { sleep } from '@temporalio/workflow';\nimport { value } from '../${NESTED}';\n`;
  await writeFile(join(root, 'workflows/bundle.ts'), `${workflow}export const wait = () => sleep(value);\n`);
  await writeNested('one');
  folder = join(root, 'bundles');
  await workflowBundle(folder, { root });
  await cp(folder, `${folder}.backup`, { recursive: true });
});
afterAll(() => rm(root, { recursive: true }));

async function writeNested(value: string): Promise<void> {
  await writeFile(join(root, NESTED), `export const value = 'the value is ${value}';\n`);
}

describe('workflowBundle', () => {
  it('returns a new bundle when a nested file changed, and the same one when nothing did', async () => {
    const first = await workflowBundle(folder, { root });
    expect(await readFile(first.codePath, 'utf8')).toContain('the value is one');
    await writeFile(join(root, 'domain/not-imported.ts'), 'export const other = 1;\n');
    expect(await workflowBundle(folder, { root })).toEqual(first);
    await writeNested('two');
    const second = await workflowBundle(folder, { root });
    expect(second.codePath).not.toBe(first.codePath);
    expect(await readFile(second.codePath, 'utf8')).toContain('the value is two');
    await writeNested('one');
    expect(await workflowBundle(folder, { root })).toEqual(first);
  });

  it('uses a private folder in the user’s cache by default', async () => {
    vi.stubEnv('XDG_CACHE_HOME', join(root, 'cache'));
    const { codePath } = await workflowBundle(undefined, { root }).finally(() => vi.unstubAllEnvs());
    expect(dirname(codePath)).toBe(join(root, 'cache/avatar-studio/workflow-bundles'));
    expect((await stat(dirname(codePath))).mode & 0o777).toBe(0o700);
  });

  describe('with a bundle that another user may have planted', () => {
    let planted: string;
    beforeEach(async () => {
      planted = (await workflowBundle(folder, { root })).codePath;
      await appendFile(planted, `// ${PLANTED}\n`);
    });
    afterEach(async () => {
      await rm(folder, { recursive: true });
      await cp(`${folder}.backup`, folder, { recursive: true });
    });

    it('rejects a folder that others may write', async () => {
      await chmod(folder, 0o777);
      await expect(workflowBundle(folder, { root })).rejects.toMatchObject({
        cause: { message: `${folder} is not used: other users may write there. Remove it, or name another folder` },
      });
    });

    it('rejects a symbolic link', async () => {
      const link = join(root, 'link');
      await symlink(folder, link);
      await expect(workflowBundle(link, { root })).rejects.toMatchObject({
        cause: { message: expect.stringContaining('symbolic link') },
      });
    });

    it.runIf(IS_ROOT)('rejects another user’s folder', async () => {
      await chown(folder, OTHER_UID, OTHER_UID);
      await expect(workflowBundle(folder, { root })).rejects.toMatchObject({
        cause: { message: expect.stringContaining(`another user (${OTHER_UID})`) },
      });
    });

    it('bundles again when others may write the file', async () => {
      await chmod(planted, 0o666);
      expect(await readFile((await workflowBundle(folder, { root })).codePath, 'utf8')).not.toContain(PLANTED);
    });

    it.runIf(IS_ROOT)('bundles again when the file belongs to another user', async () => {
      await chown(planted, OTHER_UID, OTHER_UID);
      expect(await readFile((await workflowBundle(folder, { root })).codePath, 'utf8')).not.toContain(PLANTED);
    });

    it('bundles again when the file is a symbolic link', async () => {
      await rm(planted);
      await writeFile(join(root, 'elsewhere.cjs'), PLANTED);
      await symlink(join(root, 'elsewhere.cjs'), planted);
      expect(await readFile((await workflowBundle(folder, { root })).codePath, 'utf8')).not.toContain(PLANTED);
    });
  });
});
