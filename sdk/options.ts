/** A bearer token, or a function that returns one: called before every attempt, so that a renewed token is used. */
export type Token = string | (() => string | Promise<string>);

export interface ClientOptions {
  /** Base URL, such as `https://avatars.example`. */
  readonly baseUrl: string;
  readonly token: Token;
  /** Replaces the global fetch. */
  readonly fetch?: typeof globalThis.fetch;
  /** Timeout of one attempt, ms. Default: 15,000, above the API's longest wait. Does not apply to streams. */
  readonly timeoutMs?: number;
  /** Retries after the first attempt. Default: 3; 0 for none. */
  readonly maxRetries?: number;
}

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call, including its retries and pauses. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of calls that create or charge. */
export interface CreateOptions extends CallOptions {
  /**
   * The same key with the same request takes effect once, however often it is sent. Default: a new key for each call; pass your
   * own (such as an order id) to be safe also when your process ends between two attempts.
   */
  readonly idempotencyKey?: string | undefined;
}
