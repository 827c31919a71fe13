import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { randomId } from './random-id.ts';

const WEB = join(import.meta.dirname, '..');
/** What browsers lack or block in some situations, and which file stands for it. */
const GUARDED = /\b(?:localStorage|sessionStorage|indexedDB|randomUUID|navigator\.clipboard|crypto\.subtle)\b/u;
const EXEMPT = [/\.test\.tsx?$/u, /^browser\//u, /^server\//u, /^public\/theme\.js$/u, /^dist\//u];

it('the page uses what a browser may block only through web/browser', () => {
  const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(?:tsx?|js)$/u.test(file) && !EXEMPT.some((pattern) => pattern.test(file)),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => GUARDED.test(readFileSync(join(WEB, file), 'utf8')))).toEqual([]);
});

it('a random id is a UUID of version 4, and no two are equal', () => {
  const ids = Array.from({ length: 1_000 }, randomId);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
  expect(new Set(ids).size).toBe(ids.length);
});
