import type { FieldPath } from 'react-hook-form';
import { type Draft, promptFieldOf } from './draft.ts';

/** Free-text fields besides the prompt. */
const TEXT_FIELDS = ['name', 'persona.name', 'persona.personality', 'persona.background'] as const;
/** The prefix of a path in a batch: one item, or the shared request. */
const BATCH_PREFIX = /^(?:items\.\d+|request)\./u;

/** The form field for a path of the request. Paths without a text field in the dialog map to the prompt. */
export function refusedFieldOf(path: string | undefined, draft: Draft): FieldPath<Draft> {
  const requestPath = path?.replace(BATCH_PREFIX, '') ?? 'prompt';
  const own = TEXT_FIELDS.find((field) => requestPath === field || requestPath.startsWith(`${field}.`));
  return own ?? promptFieldOf(draft);
}
