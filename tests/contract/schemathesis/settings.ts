import { examplesOf } from '#contract/openapi/schemas.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { type Resources, KIND_OF_FIELD } from '../matrix/resources.ts';

export interface Settings {
  readonly tokens: { readonly user: string; readonly admin: string; readonly service: string };
  /** The subject whom the service speaks for. */
  readonly subject: string;
  readonly resources: Resources;
  readonly hooks: string;
  /** Generated requests an operation, beside those for its boundaries. */
  readonly examples: number;
  readonly seed: number;
}

/**
 * schemathesis.toml: every check, every phase. What a schema can't promise is expected too: credits that are spent (402) and
 * content or keys that are refused for what they are (422); a request that is not valid is always 400 here.
 */
export function settingsFor({ tokens, subject, resources, hooks, examples, seed }: Settings): string {
  return `
hooks = "${hooks}"
seed = ${seed}
continue-on-failure = true
# An event stream never ends by itself: the client leaves after the first event, the snapshot.
max-stream-events = 1
request-timeout = 90

[warnings]
fail-on = ["missing_auth", "unused_openapi_auth", "missing_deserializer"]

[generation]
max-examples = ${examples}
database = "none"
with-security-parameters = false

[checks]
# A check on speed would measure the machine; this one only says that every answer comes.
max_response_time = 60

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

${Object.entries(resources)
  .map(([kind, id]) => `[dictionaries.${kind}]\nvalues = ["${id}"]`)
  .join('\n')}
${(Object.entries(ROUTES) as [string, Route][]).map(([name, route]) => withRealIds(name, route, resources)).join('')}`;
}

/** Half of all requests about one thing are about one that there is. */
function withRealIds(operationId: string, route: Route, resources: Resources): string {
  // What is deleted is of schemathesis' own making: the rest of the run still needs what was furnished.
  if (route.method === 'delete') return '';
  const bindings = [...inPath(route), ...inBody(route)].filter(({ kind }) => resources[kind] !== undefined);
  if (bindings.length === 0) return '';
  const lines = bindings.map(({ path, kind }) => `"${path}" = { dictionary = "${kind}", probability = 0.5 }`);
  return `
[[operations]]
include-operation-id = "${operationId}"
[operations.parameters]
${lines.join('\n')}
`;
}

interface Binding {
  readonly path: string;
  readonly kind: string;
}

function inPath({ path }: Route): Binding[] {
  const [, kind, parameter] = /([\w-]+)\/:(\w+)/.exec(path) ?? [];
  return kind === undefined ? [] : [{ path: `path.${parameter}`, kind }];
}

function inBody({ body }: Route): Binding[] {
  const found = (body ? examplesOf(body) : []).flatMap((example) => idsIn(example, 'body'));
  return [...new Map(found.map((binding) => [binding.path, binding])).values()];
}

function idsIn(value: unknown, path: string, field = ''): Binding[] {
  // Many at once are moved, trashed and deleted, so these are others than those that single requests are about.
  if (Array.isArray(value)) return idsIn(value[0], `${path}[*]`, field === 'ids' ? 'trash' : field);
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, inner]) => idsIn(inner, `${path}.${name}`, name));
  }
  const kind = KIND_OF_FIELD[field];
  return typeof value === 'string' && kind !== undefined ? [{ path, kind }] : [];
}
