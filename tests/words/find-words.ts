import ts from 'typescript';
import { EXEMPT, NAMES_OF_LIBRARIES, NEVER, NEVER_IN_NAMES } from './words.ts';

export interface RetiredWord {
  readonly path: string;
  /** From 1; undefined when the file's name has it. */
  readonly lineNumber: number | undefined;
  readonly word: string;
  /** Where it stands: a whole identifier, or the text around it. */
  readonly found: string;
  readonly instead: string;
}

const CODE = /\.(?:ts|tsx|mts|mjs)$/;
const PROSE = /\.(?:md|sql|json|ya?ml|css|html|sh|svg)$|^(?:Dockerfile|\.ci\/run)$/;
const NEVER_PATTERN = new RegExp(`\\b(${Object.keys(NEVER).join('|').replaceAll(' ', '\\s+')})\\b`, 'giu');
const CONTEXT_CHARACTERS = 60;
/** Of a conflict. In prose nothing else notices it: two once reached the README. */
const MERGE_MARKER = /^(?:<{7}|>{7}) /u;

/**
 * Retired words in a file's name, identifiers, strings, comments and prose.
 * @param path from the repository's root, with `/`
 */
export function findRetiredWords(path: string, text: string): RetiredWord[] {
  if (EXEMPT.some((pattern) => pattern.test(path))) return [];
  const found = tokensOf(path.replace(/\.\w+$/u, '')).flatMap((token) => {
    const instead = insteadOf(token);
    return instead === undefined ? [] : [{ path, lineNumber: undefined, word: token, found: path, instead }];
  });
  if (CODE.test(path)) return [...found, ...inNames(path, text), ...inProse(path, text)];
  return PROSE.test(path) ? [...found, ...inProse(path, text), ...mergeMarkers(path, text)] : found;
}

function mergeMarkers(path: string, text: string): RetiredWord[] {
  return text
    .split('\n')
    .flatMap((row, index) =>
      MERGE_MARKER.test(row)
        ? [{ path, lineNumber: index + 1, word: row.slice(0, 7), found: row, instead: 'the merged text' }]
        : [],
    );
}

function inNames(path: string, text: string): RetiredWord[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const found: RetiredWord[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && !NAMES_OF_LIBRARIES.has(node.text)) {
      for (const token of tokensOf(node.text)) {
        const instead = insteadOf(token);
        if (instead === undefined) continue;
        const lineNumber = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        found.push({ path, lineNumber, word: token, found: node.text, instead });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function inProse(path: string, text: string): RetiredWord[] {
  return text.split('\n').flatMap((row, index) =>
    [...row.replaceAll('_', ' ').matchAll(NEVER_PATTERN)].map((match) => ({
      path,
      lineNumber: index + 1,
      word: match[0],
      found: row.slice(Math.max(0, match.index - CONTEXT_CHARACTERS), match.index + CONTEXT_CHARACTERS).trim(),
      instead: NEVER[match[0].toLowerCase().replaceAll(/\s+/gu, ' ')] ?? '',
    })),
  );
}

function insteadOf(token: string): string | undefined {
  const list = [NEVER, NEVER_IN_NAMES].find((words) => Object.hasOwn(words, token));
  return list?.[token];
}

/** `awaitLine`, `AWAIT_LINE` and `await-line` alike: `['await', 'line']`. */
function tokensOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/u)
    .filter((token) => token !== '');
}
