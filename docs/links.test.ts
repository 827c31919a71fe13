import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** Not the project's own documents, wherever they lie: the tests run in a copy without Git, too. */
const FOREIGN = new Set(['node_modules', 'dist', '.data', 'coverage', 'tmp']);
const LINK = /\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g;
/** Code is no text: what looks like a link or a heading in it is none. */
const CODE_BLOCK = /^```.*?^```/gms;

function textOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(CODE_BLOCK, '');
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  const plain = heading.replaceAll(/[`*_]|\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return plain.replaceAll(/[^\p{L}\p{N} -]/gu, '').replaceAll(' ', '-');
}

function anchorsIn(file: string): string[] {
  return [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));
}

it('every link of a document leads somewhere', () => {
  const documents = globSync('**/*.md', { cwd: ROOT, exclude: (name) => FOREIGN.has(name) });
  const dead = documents.flatMap((document) =>
    [...textOf(join(ROOT, document)).matchAll(LINK)].flatMap(([, path = '', anchor]) => {
      const target = path === '' ? join(ROOT, document) : join(ROOT, dirname(document), path);
      if (!existsSync(target)) return [`${document}: ${path}`];
      if (anchor === undefined || !target.endsWith('.md') || anchorsIn(target).includes(anchor)) return [];
      return [`${document}: ${path}#${anchor}`];
    }),
  );
  expect(documents.length).toBeGreaterThan(25);
  expect(dead).toEqual([]);
});
