import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedFault } from '../schedule/plan-faults.ts';
import type { FaultStudio } from '../studio/fault-studio.ts';

/** What a fault acts on. */
export interface FaultContext {
  readonly studio: FaultStudio;
  readonly fault: PlannedFault;
  /** Waits as long as the fault lasts; returns at once when the run is stopped. */
  last(): Promise<void>;
}

/**
 * Injects a fault, waits, heals it.
 * @returns how often it took effect: processes that ended or stopped, statements that waited or failed, connections that broke
 */
export type InjectFault = (context: FaultContext) => Promise<number>;

/** One of several, by the plan's choice. */
export function chosen<Item>({ choice }: Pick<PlannedFault, 'choice'>, items: readonly Item[]): Item {
  const item = items[Math.floor(choice * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from');
  return item;
}

/** Repeats `act` until a promise has resolved. @param everyMs pause between two times */
export async function until(over: Promise<void>, everyMs: number, act: () => Promise<void>): Promise<void> {
  const ended = over.then(() => true);
  do await act();
  while (!(await Promise.race([ended, sleep(everyMs, false)])));
}
