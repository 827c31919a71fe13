import { html, type Html } from './html.ts';

type Json = Record<string, unknown>;

const REFERENCE = /^#\/components\/schemas\/(.+)$/;

/** A JSON Schema in words: a link for a named one, a list for an object's fields, a phrase for anything else. */
export function describeSchema(schema: Json): Html {
  const properties = schema['properties'] as Record<string, Json> | undefined;
  if (properties === undefined) return html`<p>${phrase(schema)}</p>`;
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  return html`<dl>
    ${Object.entries(properties).map(
      ([name, property]) =>
        html`<dt><code>${name}</code>${required.has(name) ? '' : ' optional'}</dt>
          <dd>
            ${phrase(property)}${property['description'] ? html` <span class="quiet">${String(property['description'])}</span>` : ''}${nested(property)}
          </dd>`,
    )}
  </dl>`;
}

function nested(schema: Json): Html {
  const inner = schema['properties'] ? schema : (schema['items'] as Json | undefined);
  return inner?.['properties'] ? describeSchema(inner) : html``;
}

function phrase(schema: Json): Html {
  const name = REFERENCE.exec(String(schema['$ref'] ?? ''))?.[1];
  if (name !== undefined) return html`<a href="#schema-${name}">${name}</a>`;
  const choices = schema['anyOf'] as Json[] | undefined;
  if (choices) return html`${choices.map((choice, index) => html`${index > 0 ? ' or ' : ''}${phrase(choice)}`)}`;
  if (schema['type'] === 'array') return html`list of ${phrase((schema['items'] as Json | undefined) ?? {})}`;
  if ('const' in schema) return html`<code>${JSON.stringify(schema['const'])}</code>`;
  const values = schema['enum'] as unknown[] | undefined;
  if (values)
    return html`${values.map((value, index) => html`${index > 0 ? ' | ' : ''}<code>${JSON.stringify(value)}</code>`)}`;
  return html`${[schema['type'], schema['format'], bounds(schema)].flat().filter(Boolean).join(' ') || 'anything'}`;
}

function bounds(schema: Json): string {
  const least = schema['minimum'] ?? schema['minLength'] ?? schema['minItems'];
  const most = schema['maximum'] ?? schema['maxLength'] ?? schema['maxItems'];
  if (least === undefined && most === undefined) return '';
  const [from, to] = [least, most].map((bound) => (bound === undefined ? '' : String(bound)));
  return `${from}..${to}`;
}
