import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withPassword } from './database-url.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'password-'));
  file = join(folder, 'password');
  writeFileSync(file, 'p@ss/w:rd%\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

it('reads the password of a database from a file, whatever characters it has', () => {
  const url = withPassword('postgres://avatar_api@db:5432/studio?sslmode=verify-full', file);
  const client = new Client({ connectionString: url });
  expect(client).toMatchObject({ user: 'avatar_api', password: 'p@ss/w:rd%', host: 'db', database: 'studio' });
});

it('leaves an address alone that has a password, and one without a file', () => {
  expect(withPassword('postgres://a:b@db/x', file)).toBe('postgres://a:b@db/x');
  expect(withPassword('postgres://a@db/x', undefined)).toBe('postgres://a@db/x');
  expect(withPassword(undefined, file)).toBeUndefined();
});

it('fails when the file is missing, rather than connecting without a password', () => {
  expect(() => withPassword('postgres://a@db/x', join(folder, 'none'))).toThrow('ENOENT');
});
