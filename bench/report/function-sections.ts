import { tableOfConditions } from './introduction.ts';
import type { FunctionResults } from './results.ts';
import { number, table } from './table.ts';

const NAME_MAX = 100;

/** The page's part on the functions that cost most. */
export function functionSections({ avatars, lanes, processes, conditions }: FunctionResults): string[] {
  return [
    '## Dearest functions',
    `Of ${avatars} avatars through the API, ${lanes} at once: the ten functions of each thread, and the ten statements, that run
longest. A function's time is its own, without that of functions it calls; a statement's includes its waits for locks and
for the disk. \`(program)\` is native code that no function called, such as the event loop's reading and writing.`,
    tableOfConditions(conditions),
    ...processes.flatMap(({ process, ms, functions }) => [
      table(
        [`${process}: ${number(ms)} ms an avatar`, 'ms', 'share'],
        functions.map((one) => [codeOf(one.name), number(one.ms), `${number((100 * one.ms) / ms)} %`]),
      ),
    ]),
  ];
}

/** Statements and regular expressions may be long. */
function codeOf(name: string): string {
  const text = name.replaceAll(/[`|]/g, ' ').replaceAll(/\s+/g, ' ');
  return `\`${text.length > NAME_MAX ? `${text.slice(0, NAME_MAX)} …` : text}\``;
}
