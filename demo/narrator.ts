/** The terminal, or a test's list. */
export interface NarratorOutput {
  write(text: string): unknown;
}

export interface Narrator {
  /** Begins an act: its number, what it does, and why that matters. */
  act(number: number, title: string, reason: string): void;
  /** What has just been observed. */
  say(text: string): void;
  /** Links by label, each on a row of its own, so that a terminal makes them clickable. */
  links(links: Readonly<Record<string, string>>): void;
  /** A row of a table, whose cells are already aligned. */
  row(cells: readonly string[]): void;
  /** Compares what was observed with what the studio promises; both are shown when they differ. */
  check(promise: string, observed: unknown, expected: unknown): void;
  /** The promises that were not kept. */
  broken(): readonly string[];
}

const WIDTH = 100;
const INDENT = '  ';

/** Breaks a text into rows of at most `width` characters between words; a longer word has its own row. */
export function wrap(text: string, width: number): string[] {
  const rows: string[] = [];
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows;
}

/** `a`, `a and b`, `a, b and c`; `nothing` for an empty list. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? 'nothing';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Narrates in indented rows of text, without colors: the output may be a file. */
export function createNarrator(output: NarratorOutput): Narrator {
  const broken: string[] = [];
  const print = (text: string, first: string): void => {
    const rest = ' '.repeat(first.length);
    const rows = wrap(text, WIDTH - first.length);
    output.write(rows.map((row, index) => `${index === 0 ? first : rest}${row}\n`).join(''));
  };
  return {
    act(number, title, reason) {
      output.write(`\n--- ${number}. ${title} ---\n`);
      print(reason, INDENT);
    },
    say: (text) => print(text, `${INDENT}- `),
    links(links) {
      const width = Math.max(...Object.keys(links).map((label) => label.length));
      for (const [label, url] of Object.entries(links)) output.write(`${INDENT}  ${label.padEnd(width)}  ${url}\n`);
    },
    row: (cells) => void output.write(`${INDENT}  ${cells.join('  ')}\n`),
    check(promise, observed, expected) {
      const [found, wanted] = [JSON.stringify(observed), JSON.stringify(expected)];
      if (found === wanted) return print(promise, `${INDENT}KEPT    `);
      broken.push(promise);
      print(`${promise} (observed ${found}, expected ${wanted})`, `${INDENT}BROKEN  `);
    },
    broken: () => broken,
  };
}
