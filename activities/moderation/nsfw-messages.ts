/** Sent to the classifier's thread. The pixels are RGB, 224 by 224. */
export interface ClassifyRequest {
  readonly id: number;
  readonly pixels: Uint8Array;
}

/** Sent back by the classifier's thread, with the id of the request. */
export type ClassifyResponse = { readonly id: number } & (
  | { readonly scores: Readonly<Record<string, number>> }
  | { readonly error: string }
);
