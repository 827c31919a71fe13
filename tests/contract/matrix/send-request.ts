import { examplesOf } from '#contract/openapi/schemas.ts';
import { API_BASE, type Route } from '#contract/route.ts';
import type { Caller } from './callers.ts';

export interface Request {
  /** The path's only parameter. */
  readonly id?: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string | Blob>>;
}

/** Sends one request to a route of the contract. An event stream is closed after its headers. */
export async function send(address: string, route: Route, caller: Caller, request: Request): Promise<Response> {
  const path = (route.base ?? API_BASE) + route.path.replace(/:\w+/, encodeURIComponent(request.id ?? ''));
  const url = new URL(path, address);
  for (const [name, value] of request.query ?? []) url.searchParams.append(name, value);
  const connection = new AbortController();
  const response = await fetch(url, {
    method: route.method.toUpperCase(),
    headers: { ...caller, ...(request.body !== undefined && { 'Content-Type': 'application/json' }) },
    signal: connection.signal,
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    ...(request.form !== undefined && { body: formOf(request.form) }),
  });
  if (response.headers.get('Content-Type')?.startsWith('text/event-stream')) connection.abort();
  return response;
}

function formOf(fields: NonNullable<Request['form']>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** Valid requests to a route, from the examples of its body. @param image content of a file field */
export function exampleRequests(route: Route, id: string, image: Blob): readonly Request[] {
  const base = route.params ? { id } : {};
  if (route.multipart) {
    const [fields = {}] = examplesOf(route.multipart.fields) as Record<string, string>[];
    return [{ ...base, form: { ...fields, [route.multipart.file]: image } }];
  }
  if (!route.body) return [base];
  return examplesOf(route.body).map((body) => ({ ...base, body }));
}
