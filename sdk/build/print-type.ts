/** JSON Schema as zod writes it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly description?: string;
}

const PLAIN: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

const ANNOTATIONS: ReadonlySet<string> = new Set(['$schema', 'description', 'examples', 'default', 'title']);

/**
 * A schema as a TypeScript type. References become names.
 * @throws Error on unsupported JSON Schema
 */
export function printType(schema: JsonSchema, indent = ''): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const { type } = schema;
  const choices = schema.anyOf ?? schema.oneOf;
  // Alternatives next to a type are rules between its fields, which the API validates.
  if (choices && type === undefined) return union(choices.map((choice) => printType(choice, indent)));
  if (Array.isArray(type)) return union(type.map((name: string) => printType({ ...schema, type: name }, indent)));
  if (type === 'array') return printArray(printType(schema.items ?? {}, indent));
  if (type === 'object') return printObject(schema, indent);
  if (type === undefined && isAnything(schema)) return 'unknown';
  const plain = PLAIN[type as string];
  if (plain === undefined) throw new Error(`No type for ${JSON.stringify(schema)}`);
  return plain;
}

function printObject({ properties, required = [], additionalProperties }: JsonSchema, indent: string): string {
  const inner = `${indent}  `;
  if (properties === undefined) {
    const values = typeof additionalProperties === 'object' ? printType(additionalProperties, inner) : 'unknown';
    return `{ readonly [name: string]: ${values} }`;
  }
  const lines = Object.entries(properties).map(([name, property]) => {
    const note = property.description === undefined ? '' : `${inner}/** ${property.description} */\n`;
    const isOptional = !required.includes(name);
    const type = printType(property, inner);
    return `${note}${inner}readonly ${name}${isOptional ? '?' : ''}: ${type}${isOptional ? ' | undefined' : ''};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** Whether a schema accepts anything. */
function isAnything(schema: JsonSchema): boolean {
  return Object.keys(schema).every((key) => ANNOTATIONS.has(key));
}

function printArray(item: string): string {
  return /^\w+$/.test(item) ? `readonly ${item}[]` : `readonly (${item})[]`;
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ');
}

/** The schema's id: the last part of a reference. */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
