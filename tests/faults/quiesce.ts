import { setTimeout as sleep } from 'node:timers/promises';
import { LATE_WRITES_MS } from '#domain/generation/stored-object.ts';
import { asOwner } from '../support/as-owner.ts';
import type { FaultStudio } from './studio/fault-studio.ts';

const POLL_EVERY_MS = 400;
const RECONCILE_EVERY_MS = 3_000;

/** Rows that still have to come to an end. A request that was never answered is none: nobody was promised anything. */
const UNFINISHED = `
  SELECT 'generation' AS what, count(*)::int AS n FROM avatar_generations
    WHERE status IN ('pending', 'processing') OR (status = 'requested' AND accepted_at IS NOT NULL AND refusal IS NULL)
  UNION ALL SELECT 'batch', count(*)::int FROM batches
    WHERE accepted_at IS NOT NULL AND admitted_at IS NULL AND refusal IS NULL AND cancelled_at IS NULL
  UNION ALL SELECT 'delivery', count(*)::int FROM webhook_deliveries WHERE state = 'waiting'
  UNION ALL SELECT 'erasure', count(*)::int FROM accounts WHERE erased_at IS NOT NULL AND erasure_done_at IS NULL`;
const ORPHANED = `
  SELECT 'orphan' AS what, count(*)::int AS n FROM stored_objects o LEFT JOIN avatar_generations g ON g.id = o.generation_id
    WHERE o.avatar_id IS NULL AND o.kind <> 'upload' AND (g.id IS NULL OR g.status IN ('completed', 'failed', 'cancelled'))`;
/** As if the time had passed in which a late write may arrive. */
const AGE_OBJECTS = `UPDATE stored_objects SET created_at = created_at - interval '${2 * LATE_WRITES_MS} milliseconds'`;

type Remaining = Readonly<Record<string, number>>;

/**
 * Lets providers recover, and waits until every part runs and everything is final, then until the sweep has removed every orphan.
 *
 * @returns what has not ended in time, by kind; empty when all has
 */
export async function quiesce(studio: FaultStudio, timeoutMs: number): Promise<Remaining> {
  for (const faults of Object.values(studio.providers.faults)) faults.heal();
  const programs = [studio.api, ...studio.workers].map(({ part }) => part);
  await Promise.all([...Object.values(studio.parts), ...programs].map((part) => part.running()));
  const endMs = performance.now() + timeoutMs;
  const unfinished = await drain(studio, 'faults.unfinished', UNFINISHED, endMs);
  if (Object.keys(unfinished).length > 0) return unfinished;
  await asOwner(studio.stack.ownerUrl, (owner) => owner.query(AGE_OBJECTS));
  return drain(studio, 'faults.orphaned', ORPHANED, endMs);
}

async function drain(studio: FaultStudio, name: string, text: string, endMs: number): Promise<Remaining> {
  let reconciledAtMs = Number.NEGATIVE_INFINITY;
  for (;;) {
    const rows = await studio.database.call<{ what: string; n: number }>(name, text, []);
    const remaining = rows.filter(({ n }) => n > 0);
    if (remaining.length === 0 || performance.now() > endMs) {
      return Object.fromEntries(remaining.map(({ what, n }) => [what, n]));
    }
    if (performance.now() - reconciledAtMs > RECONCILE_EVERY_MS) {
      reconciledAtMs = performance.now();
      await studio.reconcile();
    }
    await sleep(POLL_EVERY_MS);
  }
}
