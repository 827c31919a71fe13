import { z } from 'zod';
// Imported so that their schemas are registered; no route references them.
import '../../contract/events.ts';
import '../../contract/problem.ts';
import { ROUTES } from '../../contract/routes.ts';
import { nameOf, printType, type JsonSchema } from './print-type.ts';

/** Ids of the contract schemas that the client exports; schemas they refer to are included. */
const SCHEMAS = [
  'Avatar',
  'AvatarImages',
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

/** Filters of lists; the client handles cursors itself. */
const FILTERS = {
  AvatarFilter: ROUTES.listProjectAvatars.query,
  GenerationFilter: ROUTES.listGenerations.query,
  PresetFilter: ROUTES.listPresets.query,
};

/** The text of the published `contract-types.ts`: the same names as plain declarations. */
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
