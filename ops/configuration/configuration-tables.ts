import type { z } from 'zod';
import { API_VARIABLES } from '#api/env.ts';
import { PREPARE_VARIABLES } from '#ops/containers/env.ts';
import { STACK_VARIABLES } from '#stack/env.ts';
import { LAUNCHER_VARIABLES } from '#stack/launcher-env.ts';
import { WORKER_VARIABLES } from '#temporal/worker/env.ts';
import { WEB_VARIABLES } from '#web/env.ts';
import { DESCRIPTIONS, SECTIONS, type Description, type Section } from './descriptions.ts';

/** Schemas of variables, by name. */
type Variables = Readonly<Record<string, z.ZodType>>;

/** The processes by the letter that names them in the tables. The launcher comes last: its defaults are only those of `npm start`. */
const PROCESSES: Readonly<Record<string, Variables>> = {
  A: API_VARIABLES,
  W: WORKER_VARIABLES,
  P: WEB_VARIABLES,
  C: PREPARE_VARIABLES,
  L: { ...STACK_VARIABLES, ...LAUNCHER_VARIABLES },
};
const LAUNCHER = 'L';
/** Read by Temporal's own configuration. */
const TEMPORAL_READERS: Readonly<Record<string, readonly string[]>> = {
  TEMPORAL_ADDRESS: ['A', 'W', 'C'],
  TEMPORAL_NAMESPACE: ['A', 'W', 'C'],
};

/** docs/configuration.md with its tables written anew; the text between them stays. */
export function withTables(page: string): string {
  return SECTIONS.reduce((text, section) => {
    const [begin, end] = [`<!-- ${section}: npm run configuration -->`, `<!-- ${section} ends -->`];
    const [before, rest] = splitAt(text, begin);
    const [, after] = splitAt(rest, end);
    return `${before}${begin}\n\n${tableOf(section)}\n\n${end}${after}`;
  }, page);
}

function splitAt(text: string, marker: string): [string, string] {
  const index = text.indexOf(marker);
  if (index === -1) throw new Error(`docs/configuration.md has no ${marker}`);
  return [text.slice(0, index), text.slice(index + marker.length)];
}

function tableOf(section: Section): string {
  const rows = Object.entries(DESCRIPTIONS[section]).map(([name, description]) => [
    `\`${name}\``,
    readersOf(name).join(' '),
    withoutIt(name, description),
    description.purpose + (description.secret ? ' (**secret**)' : ''),
  ]);
  const head = ['Variable', 'Read by', 'If not set', 'Purpose'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function readersOf(name: string): string[] {
  const reading = Object.keys(PROCESSES).filter((process) => PROCESSES[process]?.[name] !== undefined);
  return [...new Set([...(TEMPORAL_READERS[name] ?? []), ...reading])];
}

function withoutIt(name: string, { unset, requiredIf }: Description): string {
  const readings = readersOf(name).flatMap((process) => {
    const schema = PROCESSES[process]?.[name];
    return schema === undefined ? [] : [{ process, ...readUnset(name, schema) }];
  });
  if (readings.some(({ required }) => required)) return '**required**';
  if (requiredIf !== undefined) return `**required** ${requiredIf}`;
  const own = readings.find(({ text }) => text !== undefined);
  if (own === undefined) return unset ?? 'none';
  const launched = readings.find(({ process }) => process === LAUNCHER)?.text;
  if (own.process === LAUNCHER || launched === undefined || launched === own.text) return own.text!;
  return `${own.text}; \`npm start\`: ${launched}`;
}

/** What a process makes of a variable that is not set. */
function readUnset(name: string, schema: z.ZodType): { required: boolean; text: string | undefined } {
  const { success, data } = schema.safeParse(undefined);
  return { required: !success, text: success ? shown(name, data) : undefined };
}

function shown(name: string, value: unknown): string | undefined {
  if (typeof value === 'number') return name.endsWith('_PORT') ? String(value) : value.toLocaleString('en-US');
  if (typeof value === 'boolean') return `\`${value}\``;
  if (Array.isArray(value)) return value.length === 0 ? undefined : `\`${value.join(',')}\``;
  return typeof value === 'string' && value !== '' ? `\`${value}\`` : undefined;
}
