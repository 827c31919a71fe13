import { examplesOf } from '#contract/openapi/schemas.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { type Resources, KIND_OF_FIELD } from '../matrix/resources.ts';

export interface Settings {
  readonly tokens: { readonly user: string; readonly admin: string; readonly service: string };
  /** The subject on whose behalf the service acts. */
  readonly subject: string;
  readonly resources: Resources;
  readonly hooks: string;
  /** Generated requests per operation, in addition to its boundary values. */
  readonly examples: number;
  /** Whether to send random requests too, and to follow links from one operation to another. */
  readonly isLong: boolean;
  readonly seed: number;
}

/**
 * The content of schemathesis.toml: every check and every phase. Expected statuses include what a schema cannot rule out: spent
 * credits (402) and refused content or keys (422). An invalid request is always answered with 400.
 */
export function settingsFor({ tokens, subject, resources, hooks, examples, isLong, seed }: Settings): string {
  return `
hooks = "${hooks}"
seed = ${seed}
continue-on-failure = true
# An event stream does not end by itself: the client disconnects after the first event, the snapshot.
max-stream-events = 1
request-timeout = 90

[warnings]
fail-on = ["missing_auth", "unused_openapi_auth", "missing_deserializer"]

[generation]
max-examples = ${examples}
database = "none"
with-security-parameters = false

[phases.examples]
fill-missing = ${!isLong}
[phases.fuzzing]
enabled = ${isLong}
[phases.stateful]
enabled = ${isLong}

[checks]
# Only checks that every request is answered: a stricter limit would measure the machine.
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
${(Object.entries(ROUTES) as [string, Route][])
  .map(([name, route]) => ofOperation(name, route, resources, isLong))
  .join('')}`;
}

/** The operations whose every boundary is tried in `npm test`: one of each kind of request, and the one that costs credits. */
const OF_EACH_KIND: ReadonlySet<string> = new Set([
  ...[...Map.groupBy(Object.entries<Route>(ROUTES), ([, route]) => kindOf(route)).values()].map(([first]) => first![0]),
  'createGeneration',
]);

function kindOf({ method, params, query, body, multipart, signed }: Route): string {
  return JSON.stringify([method, ...[params, query, body, multipart].map((part) => part !== undefined), signed]);
}

/** The settings of one operation: half of all requests to a resource use one that exists. */
function ofOperation(name: string, route: Route, resources: Resources, isLong: boolean): string {
  const parameters = withRealIds(route, resources);
  const coverage = isLong || OF_EACH_KIND.has(name) ? [] : ['[operations.phases.coverage]', 'enabled = false'];
  const settings = [...(parameters.length > 0 ? ['[operations.parameters]', ...parameters] : []), ...coverage];
  if (settings.length === 0) return '';
  return `
[[operations]]
include-operation-id = "${name}"
${settings.join('\n')}
`;
}

function withRealIds(route: Route, resources: Resources): string[] {
  // Deletions use only resources that schemathesis created: the rest of the run needs the prepared ones.
  if (route.method === 'delete') return [];
  return [...inPath(route), ...inBody(route)]
    .filter(({ kind }) => resources[kind] !== undefined)
    .map(({ path, kind }) => `"${path}" = { dictionary = "${kind}", probability = 0.5 }`);
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
  // Bulk requests move, trash and delete, so they use other avatars than single requests.
  if (Array.isArray(value)) return idsIn(value[0], `${path}[*]`, field === 'ids' ? 'trash' : field);
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, inner]) => idsIn(inner, `${path}.${name}`, name));
  }
  const kind = KIND_OF_FIELD[field];
  return typeof value === 'string' && kind !== undefined ? [{ path, kind }] : [];
}
