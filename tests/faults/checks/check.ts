import type { Load } from '../load/load.ts';
import type { FaultStudio } from '../studio/fault-studio.ts';

/** What the checks read after all faults are healed and everything is final. */
export interface Evidence {
  readonly studio: FaultStudio;
  readonly load: Load;
  /** What had not ended in time, by kind. */
  readonly remaining: Readonly<Record<string, number>>;
  /** What pages that stayed open had not seen before the restart. */
  readonly unseen: readonly string[];
}

/** @returns one sentence for each broken promise; none when it holds */
export type Check = (evidence: Evidence) => Promise<string[]>;

/** A promise that does not hold. */
export interface Finding {
  readonly check: string;
  readonly what: string;
}
