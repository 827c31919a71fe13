import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SeededBug } from './seeded-bugs.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** What API, worker and migrations consist of. */
const PROGRAMS = [
  'package.json',
  'tsconfig.json',
  'domain',
  'process',
  'contract',
  'illustrator',
  'workflows',
  'activities',
  'drizzle',
  'temporal',
  'api',
];

/** A copy of the product without a mend; `remove` deletes it. */
export interface TreeCopy {
  readonly path: string;
  remove(): Promise<void>;
}

/** @throws Error when an edit does not apply */
export async function copyTreeWith(bug: SeededBug): Promise<TreeCopy> {
  const path = await mkdtemp(join(tmpdir(), 'avatar-studio-bug-'));
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true });
  try {
    for (const name of PROGRAMS) await cp(join(ROOT, name), join(path, name), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(path, 'node_modules'));
    for (const { file, from, to } of bug.edits) {
      const text = await readFile(join(path, file), 'utf8');
      await writeFile(join(path, file), applyEdit(text, { file, from, to }));
    }
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** @throws Error unless `from` occurs exactly once */
export function applyEdit(text: string, { file, from, to }: SeededBug['edits'][number]): string {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`${file} contains the text of a seeded bug ${parts.length - 1} times: ${from}`);
  return parts.join(to);
}
