import type { Meaning } from './meaning.ts';
import type { Term } from './lexicon.ts';

const OLDEST = 105;
const MANY = 68;
const YEAR = new Set(['year', 'yr', 'yo', 'y', 'yrs']);

/** Numbers that are ages become age terms, and the words around them ("35 years old") go; other numbers say nothing. */
export function withAges(terms: readonly Term[]): Term[] {
  const read: Term[] = [];
  for (let at = 0; at < terms.length; at += 1) {
    const term = terms[at]!;
    if (term.meaning?.is !== 'number') {
      read.push(term);
      continue;
    }
    const years = ageAt(terms, at, term.meaning.value);
    if (years === undefined) continue;
    const age: Meaning = { is: 'age', years };
    read.push({ ...term, meaning: age });
    while (YEAR.has(terms[at + 1]?.stem ?? '') || (YEAR.has(terms[at]?.stem ?? '') && terms[at + 1]?.stem === 'old'))
      at += 1;
  }
  return read;
}

function ageAt(terms: readonly Term[], at: number, value: number): number | undefined {
  const [before, { text }, after] = [terms[at - 1], terms[at]!, terms[at + 1]];
  const aged = before?.stem === 'aged' || before?.stem === 'age' || YEAR.has(after?.stem ?? '');
  if (value > OLDEST || value < 1) return undefined;
  if (text.endsWith('s')) return value >= 60 ? MANY : value >= 20 ? value + 4 : undefined;
  if ((before?.stem === 'over' || before?.stem === 'past') && value >= 40) return value + 8;
  const alone = isEdge(before) && isEdge(after) && value >= 12;
  return aged || alone ? value : undefined;
}

const isEdge = (term: Term | undefined): boolean => term === undefined || term.meaning?.is === 'stop';
