import { examplesOf, toJsonSchema } from '#contract/openapi/schemas.ts';
import type { Route } from '#contract/route.ts';
import { CANARY } from '../support/canaries.ts';
import type { Request } from '../contract/matrix/send-request.ts';

/** Requests with a canary in each place of a route where a client can write text: path, query, each field, file and its name. */
export function canaryRequests(route: Route, id: string, image: Blob): Request[] {
  const base: Request = route.params ? { id } : {};
  const requests: Request[] = [base, ...(route.params ? [{ id: CANARY }] : [])];
  for (const name of Object.keys((route.query && toJsonSchema(route.query).properties) ?? {})) {
    requests.push({ ...base, query: [[name, CANARY]] });
  }
  if (route.multipart) {
    const { file, fields } = route.multipart;
    const named = new File([image], `${CANARY}.png`, { type: `image/${CANARY}` });
    requests.push(
      { ...base, form: { [file]: named } },
      { ...base, form: { [file]: new Blob([CANARY]), [CANARY]: CANARY } },
    );
    for (const name of Object.keys(fields.shape)) {
      requests.push({ ...base, form: { [file]: named, [name]: JSON.stringify({ name: CANARY, background: CANARY }) } });
      requests.push({ ...base, form: { [file]: named, [name]: CANARY } });
    }
  }
  for (const example of route.body ? examplesOf(route.body) : []) {
    requests.push({ ...base, body: example }, { ...base, body: { ...(example as object), [CANARY]: CANARY } });
    for (const body of withOneCanary(example)) requests.push({ ...base, body });
  }
  return requests;
}

/** The value with a canary in each of its texts, one at a time. */
function withOneCanary(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value} ${CANARY}`, CANARY];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => withOneCanary(item).map((changed) => value.with(index, changed) as unknown));
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    withOneCanary(inner).map((changed) => ({ ...value, [name]: changed })),
  );
}
