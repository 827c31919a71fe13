/** Text that is HTML already. */
export interface Html {
  readonly text: string;
}

type Value = string | number | Html | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML from a template; every value that is not HTML itself is escaped. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const text = parts.reduce(
    (sum, part, index) => sum + part + (index < values.length ? toText(values[index] as Value) : ''),
    '',
  );
  return { text };
}

/** Trusted text of our own that must not be escaped. */
export function raw(text: string): Html {
  return { text };
}

function toText(value: Value): string {
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
  if (typeof value === 'number') return String(value);
  return 'text' in value ? value.text : value.map(({ text }) => text).join('');
}
