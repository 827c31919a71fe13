import { PROVIDER_PREFIXES } from '../provider/provider-variables.ts';
import { VARIABLES } from './variables.ts';

/** Prefixes of our own. A misspelled variable could disable a security check or a spending limit. */
export const OUR_PREFIXES: readonly string[] = [
  ...PROVIDER_PREFIXES,
  'DEMO_',
  'C2PA_',
  'GCS_',
  'OIDC_',
  'PROVIDER_',
  'RATE_LIMIT_',
  'STARTER_',
  'TRUSTED_',
  'UPLOAD_LIMIT_',
  'WEBHOOKS_',
];
/** Minimum length of our other names for one different letter to count as a misspelling. */
const DISTINCT_LENGTH = 10;

/**
 * Finds misspelled environment variables: names with one of our prefixes that no process reads, and names one typing error
 * away from a variable of ours that is not set.
 * @param names of the variables that are set
 * @returns one message per misspelled variable
 */
export function misspelledVariables(names: readonly string[]): string[] {
  const unset = VARIABLES.filter((known) => !names.includes(known));
  return names
    .filter((name) => !VARIABLES.includes(name))
    .flatMap((name) => {
      const normalized = name.toUpperCase().replaceAll('-', '_');
      const meant = unset.find((known) => isMisspellingOf(normalized, known));
      const prefix = OUR_PREFIXES.find((ours) => normalized.startsWith(ours));
      if (prefix === undefined) return meant === undefined ? [] : [`${name}: unknown variable; did you mean ${meant}?`];
      const known = VARIABLES.filter((each) => each.startsWith(prefix)).join(', ');
      return [
        `${name}: unknown variable; ${meant === undefined ? '' : `did you mean ${meant}? `}Known variables: ${known}`,
      ];
    });
}

function isMisspellingOf(name: string, known: string): boolean {
  const sameFamily = name.split('_', 1)[0] === known.split('_', 1)[0];
  return (sameFamily || known.length >= DISTINCT_LENGTH) && isOneEditApart(name, known);
}

/** Whether the names are equal, or differ by one inserted, deleted, replaced or transposed letter. */
function isOneEditApart(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const exchanged = restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0];
  return (
    restA === restB ||
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (exchanged && restA.slice(2) === restB.slice(2))
  );
}
