import { VARIABLES } from './variables.ts';

/** Nobody else's names begin so, and a misspelled one would leave a door open, a bound off or a bill unbounded. */
const OUR_PREFIXES: readonly string[] = [
  'DEMO_',
  'FAL_',
  'GCS_',
  'HF_BUDGET_',
  'OIDC_',
  'PROVIDER_',
  'RATE_LIMIT_',
  'REPLICATE_',
  'TRUSTED_',
  'UPLOAD_LIMIT_',
  'WEBHOOKS_',
];
/** Of other names, those of ours that are at least this long are told apart from foreign ones by one letter. */
const DISTINCT_LENGTH = 10;

/**
 * What is wrong with the names of an environment's variables: one of our prefixes with a name that nobody reads, or one slip of the
 * finger away from a variable that is not set.
 * @param names of the variables that are set
 * @returns one readable line each
 */
export function misspelledVariables(names: readonly string[]): string[] {
  const missing = VARIABLES.filter((known) => !names.includes(known));
  return names
    .filter((name) => !VARIABLES.includes(name))
    .flatMap((name) => {
      const spelt = name.toUpperCase().replaceAll('-', '_');
      const meant = missing.find((known) => isSlipOf(spelt, known));
      const prefix = OUR_PREFIXES.find((ours) => spelt.startsWith(ours));
      if (prefix === undefined) return meant === undefined ? [] : [`${name}: is not known; is ${meant} meant?`];
      const known = VARIABLES.filter((each) => each.startsWith(prefix)).join(', ');
      return [`${name}: is not known; ${meant === undefined ? '' : `is ${meant} meant? `}Known are ${known}`];
    });
}

function isSlipOf(name: string, known: string): boolean {
  const sameFamily = name.split('_', 1)[0] === known.split('_', 1)[0];
  return (sameFamily || known.length >= DISTINCT_LENGTH) && isOneEditApart(name, known);
}

/** The same, or one letter more, less, other, or two neighbors exchanged. */
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
