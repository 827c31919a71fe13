import { describe, expect, it } from 'vitest';
import { findRetiredWords } from './find-words.ts';

const wordsIn = (path: string, text: string) => findRetiredWords(path, text).map(({ word }) => word.toLowerCase());

describe('the check for retired words', () => {
  it.each([
    ['a camel-case identifier', 'api/a.ts', 'const nextPainter = 1;', ['painter']],
    ['a constant', 'api/a.ts', 'const MAX_WISHES = 1;', ['wishes']],
    ['a property', 'api/a.ts', 'send({ verdict: 1 });', ['verdict']],
    ['a vague token of an identifier', 'api/a.ts', 'const queueLine = keepIt;', ['line', 'keep']],
    ['a comment', 'api/a.ts', '// The courier is late.', ['courier']],
    ['a string', 'api/a.ts', "log('the switchboard is off');", ['switchboard']],
    ['text between tags', 'web/a.tsx', 'const a = <p>2nd in line</p>;', ['in line']],
    ['an enum value with underscores', 'api/a.ts', "const a = 'circuit_board';", ['circuit board']],
    ['British spelling', 'web/a.css', '/* a colour */', ['colour']],
    ['SQL', 'drizzle/migrations/0001_a.sql', 'CREATE TABLE wish ();', ['wish']],
    ['a document', 'docs/a.md', 'Ask the painters.', ['painters']],
    [
      'a conflict',
      'README.md',
      `${'<'.repeat(7)} HEAD\nRun it.\n${'>'.repeat(7)} main`,
      ['<'.repeat(7), '>'.repeat(7)],
    ],
    ['the name of a file', 'api/next-place.ts', '', ['place']],
  ])('finds one in %s', (_, path, text, expected) => {
    expect([...new Set(wordsIn(path, text))]).toEqual(expected);
  });

  it.each([
    ['an ordinary word in prose', 'api/a.ts', '// Keep the order of lines: look twice, and say why.'],
    ["a library's name", 'api/a.ts', 'socket.keepAlive = query.orderBy;'],
    ['a longer word that contains one', 'api/a.ts', 'const placeholder = deadline;'],
    ['a property of every object', 'api/a.ts', 'const constructor = toString;'],
    ['the vocabulary of portraits', 'domain/prompt/lexicon.ts', "const painted = 'watercolour, grey eyes';"],
    ['a recorded workflow history', 'tests/replay/histories/v1-painter.pb', 'painter'],
  ])('accepts %s', (_, path, text) => {
    expect(wordsIn(path, text)).toEqual([]);
  });

  it('says where a word stands and what to write instead', () => {
    expect(findRetiredWords('api/a.ts', '\nconst wish = 1;')[0]).toEqual({
      path: 'api/a.ts',
      lineNumber: 2,
      word: 'wish',
      found: 'wish',
      instead: 'generation request, input',
    });
  });
});
