import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const LINK = /\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g;

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  const plain = heading.replaceAll(/[`*_]|\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return plain.replaceAll(/[^\p{L}\p{N} -]/gu, '').replaceAll(' ', '-');
}

function anchorsIn(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));
}

it('every link of a document leads somewhere', () => {
  const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  const dead = documents.flatMap((document) =>
    [...readFileSync(join(ROOT, document), 'utf8').matchAll(LINK)].flatMap(([, path = '', anchor]) => {
      const target = path === '' ? join(ROOT, document) : join(ROOT, dirname(document), path);
      if (!existsSync(target)) return [`${document}: ${path}`];
      if (anchor === undefined || !target.endsWith('.md') || anchorsIn(target).includes(anchor)) return [];
      return [`${document}: ${path}#${anchor}`];
    }),
  );
  expect(documents.length).toBeGreaterThan(5);
  expect(dead).toEqual([]);
});
