import { appendFile, chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { workflowBundle } from './workflow-bundle.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const NESTED = 'domain/deep/deeper/word.ts';
const PLANTED = 'planted by somebody';
const STRANGER = 65_534;
const IS_ROOT = process.getuid?.() === 0;

let root: string;
let folder: string;

/** A clone of the project whose workflows are made of a nested file too. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'workflow-bundle-'));
  for (const name of ['package.json', 'workflows', 'domain'])
    await cp(join(PROJECT, name), join(root, name), { recursive: true });
  await symlink(join(PROJECT, 'node_modules'), join(root, 'node_modules'));
  await appendFile(join(root, 'workflows/bundle.ts'), `export { word } from '../${NESTED}';\n`);
  await mkdir(dirname(join(root, NESTED)), { recursive: true });
  await say('one');
  folder = join(root, 'bundles');
  await workflowBundle(folder, root);
  await cp(folder, `${folder}.kept`, { recursive: true });
});
afterAll(() => rm(root, { recursive: true }));

async function say(word: string): Promise<void> {
  await writeFile(join(root, NESTED), `export const word = 'the word is ${word}';\n`);
}

describe('the workflows’ bundle', () => {
  it('is another one when a file in a subfolder changed, and the same when nothing did', async () => {
    const first = await workflowBundle(folder, root);
    expect(await readFile(first.codePath, 'utf8')).toContain('the word is one');
    await writeFile(join(root, 'domain/not-imported.ts'), 'export const other = 1;\n');
    expect(await workflowBundle(folder, root)).toEqual(first);
    await say('two');
    const second = await workflowBundle(folder, root);
    expect(second.codePath).not.toBe(first.codePath);
    expect(await readFile(second.codePath, 'utf8')).toContain('the word is two');
    await say('one');
    expect(await workflowBundle(folder, root)).toEqual(first);
  });

  it('lies in the user’s own cache, in a folder that nobody else may enter', async () => {
    vi.stubEnv('XDG_CACHE_HOME', join(root, 'cache'));
    const { codePath } = await workflowBundle(undefined, root).finally(() => vi.unstubAllEnvs());
    expect(dirname(codePath)).toBe(join(root, 'cache/avatar-studio/workflow-bundles'));
    expect((await stat(dirname(codePath))).mode & 0o777).toBe(0o700);
  });

  describe('that somebody else could have planted', () => {
    let planted: string;
    beforeEach(async () => {
      planted = (await workflowBundle(folder, root)).codePath;
      await appendFile(planted, `// ${PLANTED}\n`);
    });
    afterEach(async () => {
      await rm(folder, { recursive: true });
      await cp(`${folder}.kept`, folder, { recursive: true });
    });

    it('is not loaded from a folder that others may write', async () => {
      await chmod(folder, 0o777);
      await expect(workflowBundle(folder, root)).rejects.toMatchObject({
        cause: { message: `${folder} is not used: other users may write there. Remove it, or name another folder` },
      });
    });

    it('is not loaded over a symbolic link', async () => {
      const link = join(root, 'link');
      await symlink(folder, link);
      await expect(workflowBundle(link, root)).rejects.toMatchObject({
        cause: { message: expect.stringContaining('symbolic link') },
      });
    });

    it.runIf(IS_ROOT)('is not loaded from another user’s folder', async () => {
      await chown(folder, STRANGER, STRANGER);
      await expect(workflowBundle(folder, root)).rejects.toMatchObject({
        cause: { message: expect.stringContaining(`another user (${STRANGER})`) },
      });
    });

    it('is made anew when others may write the file', async () => {
      await chmod(planted, 0o666);
      expect(await readFile((await workflowBundle(folder, root)).codePath, 'utf8')).not.toContain(PLANTED);
    });

    it.runIf(IS_ROOT)('is made anew when the file is another user’s', async () => {
      await chown(planted, STRANGER, STRANGER);
      expect(await readFile((await workflowBundle(folder, root)).codePath, 'utf8')).not.toContain(PLANTED);
    });

    it('is made anew when the file is a link', async () => {
      await rm(planted);
      await writeFile(join(root, 'elsewhere.cjs'), PLANTED);
      await symlink(join(root, 'elsewhere.cjs'), planted);
      expect(await readFile((await workflowBundle(folder, root)).codePath, 'utf8')).not.toContain(PLANTED);
    });
  });
});
