import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind } from '../schedule/fault-kinds.ts';
import type { PlannedFault } from '../schedule/plan-faults.ts';
import type { FaultStudio } from '../studio/fault-studio.ts';
import { INJECT } from './inject.ts';

/** How often a kind was injected, and how often that took effect. */
interface FaultEffects {
  injected: number;
  effects: number;
}
export type EffectsByKind = Map<FaultKind, FaultEffects>;

/** Carries out a plan, and waits until all its faults are healed. Stops injecting when aborted. */
export async function runPlan(
  studio: FaultStudio,
  plan: readonly PlannedFault[],
  signal: AbortSignal,
): Promise<EffectsByKind> {
  const startedAt = performance.now();
  const effects: EffectsByKind = new Map();
  const wait = (ms: number): Promise<void> => sleep(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
  const running: Promise<void>[] = [];
  for (const fault of plan) {
    await wait(fault.atMs - (performance.now() - startedAt));
    if (signal.aborted) break;
    const entry = effects.get(fault.kind) ?? { injected: 0, effects: 0 };
    effects.set(fault.kind, entry);
    entry.injected += 1;
    const inject = async (): Promise<void> => {
      const count = await INJECT[fault.kind]({ studio, fault, last: () => wait(fault.lastsMs) });
      entry.effects += count;
    };
    running.push(inject());
  }
  await Promise.all(running);
  return effects;
}
