import type { FieldPath } from 'react-hook-form';
import { type Draft, promptFieldOf } from './draft.ts';

/** Beside the prompt, what people write themselves. */
const OWN_FIELDS = ['name', 'persona.name', 'persona.personality', 'persona.background'] as const;
/** An order of several says which of them, or that it is what they have in common. */
const OF_SEVERAL = /^(?:items\.\d+|request)\./u;

/** Where in the dialog the words of a path of the request were written. What was not written here is the prompt's to say. */
export function refusedFieldOf(path: string | undefined, draft: Draft): FieldPath<Draft> {
  const place = path?.replace(OF_SEVERAL, '') ?? 'prompt';
  const own = OWN_FIELDS.find((field) => place === field || place.startsWith(`${field}.`));
  return own ?? promptFieldOf(draft);
}
