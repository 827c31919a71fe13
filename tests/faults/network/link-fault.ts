/** What the network between two parts may do. */
export type LinkFault =
  | { readonly kind: 'latency'; readonly delayMs: number }
  /** Resets all connections, and new ones at once. */
  | { readonly kind: 'cut' }
  /** Resets a connection after a request has been forwarded, before its reply arrives. */
  | { readonly kind: 'reset_after_request'; isNext(): boolean }
  /** Swallows all bytes; connections stay open, as behind a router that died. */
  | { readonly kind: 'half_open' }
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number };

/** A fault that a proxy applies. */
export interface AppliedLinkFault {
  /** Ends the fault. @returns how many connections or chunks it affected */
  heal(): number;
}
