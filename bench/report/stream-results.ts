import type { Spread } from './statistics.ts';

/** All streams of a process that ends connect again, to another one. */
export interface StormResults {
  /** Until each had its snapshot. */
  readonly seconds: number;
  /** Answers 503. */
  readonly refused: number;
  /** The longest time that a refused client was told to wait. */
  readonly longestWaitSeconds: number;
  /** Of the other process, for each stream. */
  readonly cpuMsEach: number;
  /** What users without a stream meet at the other process meanwhile. */
  readonly others: {
    readonly connectMs: Spread;
    readonly newConnectionMs: Spread;
    readonly openConnectionMs: Spread;
  };
}

/** What event streams of one API process cost. */
export interface StreamFigures {
  readonly streams: number;
  readonly accounts: number;
  /** Of a stream, bytes. */
  readonly memory: { readonly heap: number; readonly resident: number };
  readonly idle: { readonly seconds: number; readonly statements: number; readonly cores: number };
  /** From the request of a change to the event at the client, with so many changes a second. */
  readonly push: { readonly perSecond: number; readonly ms: Spread };
  /** After the death of the listening session, until each stream had what it missed. */
  readonly lostSessionSeconds: number;
  /** After a crash; pushes are those to streams that were open before. */
  readonly crash: StormResults & { readonly pushMs: Spread };
  /** After SIGTERM; the process exits when all its streams are ended. */
  readonly stop: StormResults & { readonly exitSeconds: number };
}
