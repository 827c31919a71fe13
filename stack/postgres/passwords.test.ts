import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readOrCreatePasswords } from './passwords.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passwords-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('gives each role a password of its own, which only the user can read and later starts find again', async () => {
  const passwords = await readOrCreatePasswords(folder);
  expect(new Set(Object.values(passwords)).size).toBe(5);
  expect(await readOrCreatePasswords(folder)).toEqual(passwords);
  expect((await stat(join(folder, 'passwords.json'))).mode & 0o777).toBe(0o600);
});

it('adds the roles that a folder of an earlier release lacks, and changes no other password', async () => {
  const earlier = { owner: 'a', app: 'b', temporal: 'c' };
  await writeFile(join(folder, 'passwords.json'), JSON.stringify(earlier), { mode: 0o600 });
  const passwords = await readOrCreatePasswords(folder);
  expect(passwords).toMatchObject(earlier);
  expect(JSON.parse(await readFile(join(folder, 'passwords.json'), 'utf8'))).toEqual(passwords);
});
