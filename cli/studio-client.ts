import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { API_BASE, type ReplyOf, type Route } from '#contract/route.ts';
import { StudioUnreachable, refusalFrom } from './studio-errors.ts';

/** Longer than the API's own longest wait (3 s for an admission outcome). */
const REQUEST_TIMEOUT_MS = 15_000;
/** Attempts of one call, with the same Idempotency-Key. */
const TRIES = 4;
const FIRST_PAUSE_MS = 300;

interface Call {
  /** Fills `:id`. */
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

/** The routes of the contract, as this command calls them. */
export interface StudioClient {
  /**
   * Calls a route and validates the response against its schema; retries where that is safe.
   * @throws StudioRefusal on an error response; StudioUnreachable without a response
   */
  call<R extends Route>(route: R, call?: Call): Promise<ReplyOf<R>['body']>;
  /** Opens an event stream. @throws StudioRefusal, StudioUnreachable */
  open(route: Route, id: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  /** Sets the token of all later calls. */
  useToken(token: string): void;
}

export interface StudioClientDeps {
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
}

export function createStudioClient({ baseUrl, fetch }: StudioClientDeps): StudioClient {
  let token: string | undefined;

  async function send(route: Route, call: Call, signal: AbortSignal, accept: string): Promise<Response> {
    const url = new URL(`${baseUrl}${API_BASE}${route.path.replace(':id', call.id ?? '')}`);
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
    const headers = new Headers({ accept });
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    if (call.idempotencyKey !== undefined) headers.set('idempotency-key', call.idempotencyKey);
    if (call.body !== undefined) headers.set('content-type', 'application/json');
    const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) };
    const response = await fetch(url, { method: route.method.toUpperCase(), headers, signal, ...body }).catch(
      (error: unknown) => {
        throw new StudioUnreachable(baseUrl, error);
      },
    );
    if (!response.ok) throw await refusalFrom(response);
    return response;
  }

  return {
    async call<R extends Route>(route: R, call: Call = {}) {
      const mayRepeat = route.method === 'get' || call.idempotencyKey !== undefined;
      for (let tried = 1; ; tried += 1) {
        try {
          const response = await send(route, call, AbortSignal.timeout(REQUEST_TIMEOUT_MS), 'application/json');
          const schema = route.replies[response.status] as z.ZodType;
          return schema.parse(await response.json()) as ReplyOf<R>['body'];
        } catch (error) {
          if (!(error instanceof StudioUnreachable) || !mayRepeat || tried === TRIES) throw error;
          await sleep(FIRST_PAUSE_MS * 2 ** (tried - 1));
        }
      }
    },
    async open(route, id, signal) {
      const { body } = await send(route, { id }, signal, 'text/event-stream');
      if (body === null) throw new StudioUnreachable(baseUrl, 'an empty event stream');
      return body;
    },
    useToken(given) {
      token = given;
    },
  };
}
