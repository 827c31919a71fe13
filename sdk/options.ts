/** A bearer token, or how to get one: asked before every try, so that a new one is used as soon as there is one. */
export type Token = string | (() => string | Promise<string>);

export interface ClientOptions {
  /** Where the studio is, such as `https://avatars.example`. */
  readonly baseUrl: string;
  readonly token: Token;
  /** Another fetch than the global one. */
  readonly fetch?: typeof globalThis.fetch;
  /** One try of a call, ms; 15,000 when left out, above the studio's own longest wait. A stream is not bound by it. */
  readonly timeoutMs?: number;
  /** Further tries after the first one; 3 when left out, 0 for none. */
  readonly maxRetries?: number;
}

/** Options of every call. */
export interface CallOptions {
  /** Ends the call, its retries and its waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of calls that create or charge. */
export interface CreateOptions extends CallOptions {
  /**
   * The same key with the same request is the same thing, however often it is sent. Made anew for each call when left out; give
   * your own (an order's id) to be safe also when your process dies between two tries.
   */
  readonly idempotencyKey?: string | undefined;
}
