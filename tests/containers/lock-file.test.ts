import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT_DIR } from './compose-project.ts';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

it('the lock file has the packages of every platform, without which `npm ci` refuses it there and here', async () => {
  const { packages } = JSON.parse(await readFile(join(PROJECT_DIR, 'package-lock.json'), 'utf8')) as LockFile;
  const wanted = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ place, name })),
  );
  const missing = wanted.filter(
    ({ place, name }) => !packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`],
  );
  expect(wanted.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});
