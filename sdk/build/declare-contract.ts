import { z } from 'zod';
// Schemas name themselves where they are declared; these are in no route's table.
import '../../contract/events.ts';
import '../../contract/problem.ts';
import { ROUTES } from '../../contract/routes.ts';
import { nameOf, printType, type JsonSchema } from './print-type.ts';

/** Schemas of the contract that the client speaks of, by their ids; what they refer to comes along. */
const SCHEMAS = [
  'Avatar',
  'CreateGeneration',
  'CreateProject',
  'Credits',
  'Generation',
  'GenerationDetail',
  'Profile',
  'Notification',
  'Preset',
  'Problem',
  'Project',
  'TrackUsage',
  'TrackedUsage',
  'Transfer',
];

/** What lists are filtered by; their place in the list is the client's own matter. */
const FILTERS = {
  AvatarFilter: ROUTES.listProjectAvatars.query,
  GenerationFilter: ROUTES.listGenerations.query,
  PresetFilter: ROUTES.listPresets.query,
};

/** The text of `contract-types.ts` as it is published: the same names, declared plainly. */
export function declareContract(): string {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { io: 'input', uri: (id) => `#/${id}` });
  const declared = new Map<string, string>();
  const declare = (id: string): void => {
    if (declared.has(id)) return;
    const schema = schemas[id] as JsonSchema | undefined;
    if (schema === undefined) throw new Error(`The contract has no schema ${id}`);
    declared.set(id, `${noteOf(schema)}export type ${id} = ${printType(schema)};\n`);
    JSON.stringify(schema, (key, value: unknown) => {
      if (key === '$ref') declare(nameOf(value as string));
      return value;
    });
  };
  SCHEMAS.forEach(declare);
  for (const [name, query] of Object.entries(FILTERS)) declared.set(name, declareFilter(name, query));
  return [...declared.values()].join('\n');
}

function declareFilter(name: string, query: z.ZodType): string {
  const schema = z.toJSONSchema(query, { io: 'input' }) as JsonSchema;
  const { limit: _limit, cursor: _cursor, ...properties } = schema.properties ?? {};
  return `export type ${name} = ${printType({ ...schema, properties, required: [] })};\n`;
}

function noteOf({ description }: JsonSchema): string {
  return description === undefined ? '' : `/** ${description} */\n`;
}
