import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { findRetiredWords } from './find-words.ts';

/** `npm run check:words [folder …]`: the retired words of tracked and new files; exit code 1 when there are any. */
const { stdout } = await promisify(execFile)(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...process.argv.slice(2)],
  { maxBuffer: 64 * 1024 * 1024 },
);
const paths = stdout.split('\n').filter((path) => path !== '');
const found = await Promise.all(
  paths.map(async (path) => findRetiredWords(path, await readFile(path, 'utf8').catch(() => ''))),
);
const words = found.flat();
for (const { path, lineNumber, word, found: where, instead } of words) {
  console.error(`${path}${lineNumber === undefined ? '' : `:${lineNumber}`}: "${word}" in ${where}. Say: ${instead}`);
}
if (words.length > 0) {
  console.error(
    `${words.length} retired words. The glossary is in ARCHITECTURE.md; the lists are in tests/words/words.ts`,
  );
  process.exitCode = 1;
}
