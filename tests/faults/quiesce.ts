import { setTimeout as sleep } from 'node:timers/promises';
import { UNANSWERED_AFTER_MS } from '#domain/generation/admission.ts';
import { LATE_WRITES_MS } from '#domain/generation/stored-object.ts';
import { asOwner } from '../support/as-owner.ts';
import type { FaultStudio } from './studio/fault-studio.ts';

const POLL_EVERY_MS = 400;
const RECONCILE_EVERY_MS = 1_500;

/** Rows that still have to come to an end. A request that was never answered is none: nobody was promised anything. */
const UNFINISHED = `
  SELECT 'generation' AS what, count(*)::int AS n FROM avatar_generations
    WHERE status IN ('pending', 'processing') OR (status = 'requested' AND accepted_at IS NOT NULL AND refusal IS NULL)
  UNION ALL SELECT 'batch', count(*)::int FROM batches
    WHERE accepted_at IS NOT NULL AND admitted_at IS NULL AND refusal IS NULL AND cancelled_at IS NULL
  UNION ALL SELECT concat('delivery (', attempts, ' tries, ', last_failure, ')'), count(*)::int FROM webhook_deliveries
    WHERE state = 'waiting' GROUP BY 1
  UNION ALL SELECT 'erasure', count(*)::int FROM accounts WHERE erased_at IS NOT NULL AND erasure_done_at IS NULL`;

/** Requests without an answer, which keep the image of an upload until they are dropped. */
const UNANSWERED = `status = 'requested' AND accepted_at IS NULL
  AND NOT EXISTS (SELECT FROM batches b WHERE b.id = batch_id AND b.accepted_at IS NOT NULL)`;
const UNANSWERED_BATCH = 'admitted_at IS NULL AND accepted_at IS NULL';
const LEFT_OVER = `
  SELECT 'unanswered request' AS what, count(*)::int AS n FROM avatar_generations WHERE ${UNANSWERED}
  UNION ALL SELECT 'orphan', count(*)::int FROM stored_objects o LEFT JOIN avatar_generations g ON g.id = o.generation_id
    WHERE NOT EXISTS (SELECT FROM avatars v WHERE v.id = o.avatar_id) AND o.kind <> 'upload' AND (g.id IS NULL OR g.status IN ('completed', 'failed', 'cancelled'))`;

/** As if the time had passed after which unanswered requests are dropped, and in which a late write may arrive. */
const AGE = [
  `UPDATE stored_objects SET created_at = created_at - interval '${2 * LATE_WRITES_MS} milliseconds'`,
  ...(['created_at', 'overdue_at'] as const).flatMap((column) => [
    `UPDATE avatar_generations SET ${column} = ${column} - interval '${2 * UNANSWERED_AFTER_MS} milliseconds' WHERE ${UNANSWERED}`,
    `UPDATE batches SET ${column} = ${column} - interval '${2 * UNANSWERED_AFTER_MS} milliseconds' WHERE ${UNANSWERED_BATCH}`,
  ]),
].join(';\n');

type Remaining = Readonly<Record<string, number>>;

/**
 * Lets providers recover, and waits until every part runs and everything that was accepted is final.
 *
 * @returns what has not ended in time, by kind; empty when all has
 */
export async function quiesce(studio: FaultStudio, timeoutMs: number): Promise<Remaining> {
  for (const faults of Object.values(studio.providers.faults)) faults.heal();
  const programs = [studio.api, ...studio.workers].map(({ part }) => part);
  await Promise.all([...Object.values(studio.parts), ...programs].map((part) => part.running()));
  return drain(studio, { name: 'faults.unfinished', text: UNFINISHED, timeoutMs });
}

/**
 * Lets time pass for what waits for its age, and waits until the reconciler has dropped unanswered requests and removed every orphan.
 * Nothing may be writing any more: API and workers were restarted after everything was final.
 *
 * @returns what has not ended in time, by kind
 */
export async function sweepLeftovers(studio: FaultStudio, timeoutMs: number): Promise<Remaining> {
  const age = () => asOwner(studio.stack.ownerUrl, async (owner) => void (await owner.query(AGE)));
  return drain(studio, { name: 'faults.leftOver', text: LEFT_OVER, timeoutMs, beforeReconcile: age });
}

interface Draining {
  readonly name: string;
  readonly text: string;
  readonly timeoutMs: number;
  readonly beforeReconcile?: () => Promise<void>;
}

async function drain(studio: FaultStudio, { name, text, timeoutMs, beforeReconcile }: Draining): Promise<Remaining> {
  const endMs = performance.now() + timeoutMs;
  let reconciledAtMs = Number.NEGATIVE_INFINITY;
  for (;;) {
    const rows = await studio.database.call<{ what: string; n: number }>(name, text, []);
    const remaining = rows.filter(({ n }) => n > 0);
    if (remaining.length === 0 || performance.now() > endMs) {
      return Object.fromEntries(remaining.map(({ what, n }) => [what, n]));
    }
    if (performance.now() - reconciledAtMs > RECONCILE_EVERY_MS) {
      reconciledAtMs = performance.now();
      await beforeReconcile?.();
      await studio.reconcile();
    }
    await sleep(POLL_EVERY_MS);
  }
}
