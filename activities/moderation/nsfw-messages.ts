/** What the process asks the classifier's thread: pixels, RGB, 224 by 224. */
export interface ThreadQuestion {
  readonly id: number;
  readonly pixels: Uint8Array;
}

export type ThreadAnswer = { readonly id: number } & (
  | { readonly scores: Readonly<Record<string, number>> }
  | { readonly error: string }
);
