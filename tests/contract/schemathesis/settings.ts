import type { Route } from '../../../contract/route.ts';
import { ROUTES } from '../../../contract/routes.ts';
import type { Belongings } from '../matrix/belongings.ts';

export interface Settings {
  readonly tokens: { readonly user: string; readonly admin: string; readonly service: string };
  /** The subject whom the service speaks for. */
  readonly subject: string;
  readonly belongings: Belongings;
  readonly hooks: string;
  /** Generated requests an operation, beside those for its boundaries. */
  readonly examples: number;
  readonly seed: number;
}

/**
 * schemathesis.toml: every check, every phase. What a schema can't promise is expected too: credits that are spent (402) and
 * content or keys that are refused for what they are (422); a request that is not valid is always 400 here.
 */
export function settingsFor({ tokens, subject, belongings, hooks, examples, seed }: Settings): string {
  return `
hooks = "${hooks}"
seed = ${seed}
continue-on-failure = true
# An event stream never ends by itself: the client leaves after the first event, the snapshot.
max-stream-events = 1
request-timeout = 30

[warnings]
fail-on = ["missing_auth", "unused_openapi_auth", "missing_deserializer"]

[generation]
max-examples = ${examples}
database = "none"
with-security-parameters = false

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "402", "403", "404", "409", "422", "429"]

[auth.openapi.user]
bearer = "${tokens.user}"
[auth.openapi.admin]
bearer = "${tokens.admin}"
[auth.openapi.service]
bearer = "${tokens.service}"
[auth.openapi.onBehalfOf]
api_key = "${subject}"

${Object.entries(belongings)
  .map(([kind, id]) => `[dictionaries.${kind}]\nvalues = ["${id}"]`)
  .join('\n')}
${(Object.entries(ROUTES) as [string, Route][]).map(([name, { path }]) => withRealId(name, path, belongings)).join('')}`;
}

/** Half of all requests about one thing are about one that there is. */
function withRealId(operationId: string, path: string, belongings: Belongings): string {
  const [, kind = '', parameter] = /([\w-]+)\/:(\w+)/.exec(path) ?? [];
  if (belongings[kind] === undefined) return '';
  return `
[[operations]]
include-operation-id = "${operationId}"
parameters = { "path.${parameter}" = { dictionary = "${kind}", probability = 0.5 } }
`;
}
