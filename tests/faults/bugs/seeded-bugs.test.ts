import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../checks/run-checks.ts';
import { applyEdit } from './copy-tree.ts';
import { SEEDED_BUGS, type SeededBug } from './seeded-bugs.ts';

const ROOT = new URL('../../../', import.meta.url);

describe('the seeded bugs', () => {
  it.each(Object.entries<SeededBug>(SEEDED_BUGS))('%s can be seeded into the product of today', async (_name, bug) => {
    for (const edit of bug.edits) {
      const text = await readFile(new URL(edit.file, ROOT), 'utf8');
      expect(applyEdit(text, edit)).not.toBe(text);
    }
    expect(Object.keys(CHECKS)).toContain(bug.foundBy);
  });

  it('an edit that does not apply once is refused', () => {
    const edit = { file: 'a.ts', from: 'one', to: 'two' };
    expect(() => applyEdit('just one', edit)).not.toThrow();
    expect(() => applyEdit('one one', edit)).toThrow('a.ts contains the text of a seeded bug 2 times');
    expect(() => applyEdit('zero', edit)).toThrow('0 times');
  });
});
