import { withoutComments } from '#drizzle/migrate/migrations.ts';

/** A change of a function, view, trigger or constraint that some test should notice. */
export interface SqlMutant {
  /** Unique and stable: the changed object and text, not their position. */
  readonly id: string;
  /** Applied to a migrated database by its owner. */
  readonly sql: string;
}

interface Change {
  readonly rule: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Longer texts are cut in ids. */
const SHOWN_LENGTH = 60;
/** What is set with `=` after a RAISE or in the head of a function. */
const OPTIONS: ReadonlySet<string> = new Set(['search_path', 'ERRCODE', 'CONSTRAINT']);
const OPPOSITES: Readonly<Record<string, string>> = {
  '=': '<>',
  '<>': '=',
  '>': '>=',
  '>=': '>',
  '<': '<=',
  '<=': '<',
  '+': '-',
  '-': '+',
};

/**
 * All mutants of a function's file: one change each. Those that are not valid SQL, such as a comparison in a SET, are found when
 * they are applied.
 */
export function mutateFunction({ name, sql }: { readonly name: string; readonly sql: string }): SqlMutant[] {
  return mutate(name, withoutComments(sql), RULES);
}

/** All mutants of a CHECK's condition. */
export function mutateCheck(name: string, condition: string): SqlMutant[] {
  return mutate(name, condition, CHECK_RULES);
}

function mutate(name: string, sql: string, rules: readonly Rule[]): SqlMutant[] {
  const ids = new Map<string, number>();
  return rules
    .flatMap((rule) => rule(sql))
    .map((change) => {
      const before = shown(sql.slice(change.from, change.to));
      const id = `${name}: ${change.rule}: ${before} -> ${shown(change.text) || 'nothing'}`;
      const count = (ids.get(id) ?? 0) + 1;
      ids.set(id, count);
      const mutated = sql.slice(0, change.from) + change.text + sql.slice(change.to);
      return { id: count === 1 ? id : `${id} (${count})`, sql: mutated };
    });
}

type Rule = (sql: string) => Change[];

/** Replaces each match; not those for which `replace` returns undefined. */
function replacing(rule: string, pattern: RegExp, replace: (match: RegExpExecArray) => string | undefined): Rule {
  return (sql) =>
    [...sql.matchAll(pattern)].flatMap((match) => {
      const text = replace(match);
      return text === undefined ? [] : [{ rule, from: match.index, to: match.index + match[0].length, text }];
    });
}

const CHECK_RULES: readonly Rule[] = [
  replacing('comparison', /([\w.')]+) (=|<>|>=?|<=?) (?=[\w(':])[\w.':]*/g, ([text, left, operator]) =>
    OPTIONS.has(left!) ? undefined : text.replace(` ${operator} `, ` ${OPPOSITES[operator!]} `),
  ),
  withoutListElements,
  withoutConditions,
];

const RULES: readonly Rule[] = [
  ...CHECK_RULES,
  replacing('sign', /[\w.')]+ ([+-]) (?=[\w(])[\w.'(]+/g, ([text, operator]) =>
    text.replace(` ${operator} `, ` ${OPPOSITES[operator!]} `),
  ),
  replacing(
    'sign',
    /\b(THEN|ELSE) (-?)(NEW\.amount|amount|1)\b/g,
    ([, keyword, minus, value]) => `${keyword} ${minus ? '' : '-'}${value}`,
  ),
  replacing(
    'negation',
    /\bNOT EXISTS\b|\bEXISTS\b(?! \w)|\bIS NOT NULL\b|\bIS NULL\b|\bIF (?:NOT )?FOUND\b/g,
    ([text]) => (text.includes('NOT ') ? text.replace('NOT ', '') : text.replace(/(EXISTS|NULL|FOUND)$/, 'NOT $1')),
  ),
  replacing('guard', /\bIF (?:(?!\bTHEN\b)[^;])+ THEN(?=\s+RAISE\b)/g, () => 'IF false THEN'),
  replacing('conflict', /\s+ON CONFLICT (?:\([^)]*\) )?DO NOTHING/g, () => ''),
  replacing('lock', / FOR UPDATE(?=;)/g, () => ''),
  replacing('lock order', /\s+ORDER BY [\w.]+(?=[\s;)])/g, () => ''),
  replacing('statement', /(?<=(?:;|\bTHEN|\bELSE|\bBEGIN)\s+)(?:INSERT|UPDATE|DELETE|PERFORM)\b[^;]*;/g, ([text]) =>
    /\bRETURNING\b/.test(text) ? undefined : 'PERFORM 1;',
  ),
  replacing(
    'trigger',
    /CREATE OR REPLACE TRIGGER ("?\w+"?) [^;]*? ON (\w+)[^;]*;/g,
    ([, trigger, table]) => `DROP TRIGGER ${trigger} ON ${table};`,
  ),
];

/** Removes each element of `IN ('a', 'b')` and `ARRAY['a', 'b']`. */
function withoutListElements(sql: string): Change[] {
  return [...sql.matchAll(/(?:\bIN \(|\bARRAY\[)('[^()[\]]*,[^()[\]]*')[)\]]/g)].flatMap((list) => {
    const elements = list[1]!.split(/,\s*/);
    const from = list.index + list[0].indexOf(list[1]!);
    return elements.map((removed) => ({
      rule: `list without ${removed}`,
      from,
      to: from + list[1]!.length,
      text: elements.filter((element) => element !== removed).join(', '),
    }));
  });
}

/** Where a condition ends, unless inside its own parentheses. */
const CONDITION_ENDS =
  /^(?:\)|;|,|\]|\b(?:AND|OR|THEN|WHEN|ELSE|END|ORDER|GROUP|RETURNING|WHERE|LEFT|JOIN|ON|LIMIT|UNION|FOR)\b)/;

/** Replaces each condition of a WHERE, ON or AND by `true`. */
function withoutConditions(sql: string): Change[] {
  return [...sql.matchAll(/\b(WHERE|AND|ON) (?!CONFLICT|DELETE|UPDATE)/g)].flatMap((keyword) => {
    const from = keyword.index + keyword[0].length;
    const to = endOfCondition(sql, from);
    const isRange = /\bBETWEEN [^()]*$/.test(sql.slice(Math.max(0, keyword.index - SHOWN_LENGTH), keyword.index));
    const isTable = keyword[1] === 'ON' && !/[=<>]/.test(sql.slice(from, to));
    return isRange || isTable ? [] : [{ rule: 'condition', from, to, text: 'true' }];
  });
}

function endOfCondition(sql: string, from: number): number {
  let depth = 0;
  for (let at = from; at < sql.length; at += 1) {
    const atWord = !/\w/.test(sql[at - 1]!);
    if (depth === 0 && (atWord || !/\w/.test(sql[at]!)) && CONDITION_ENDS.test(sql.slice(at, at + 10))) {
      return from + sql.slice(from, at).trimEnd().length;
    }
    if (sql[at] === '(') depth += 1;
    if (sql[at] === ')') depth -= 1;
  }
  return sql.length;
}

function shown(sql: string): string {
  const text = sql.replaceAll(/\s+/g, ' ').trim();
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}
