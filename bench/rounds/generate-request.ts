export interface BenchUser {
  readonly subject: string;
  readonly accountId: string;
  readonly projectId: string;
}

/** One generation to run, on every road. */
export interface GenerateRequest extends BenchUser {
  readonly id: string;
  /** Chooses prompt and seed. */
  readonly index: number;
}
