import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureSchedules, scheduleIds } from '#temporal/client/schedules.ts';
import { asOwner, ownerUrlOf } from '../support/as-owner.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import type { auditLedger } from '#workflows/maintenance/audit-ledger.ts';
import { SCHNELL } from '../support/insert-request.ts';

let studio: Studio;

beforeAll(async () => {
  studio = await openStudio();
  await studio.startWorkers();
  await ensureSchedules(studio.temporal.client, studio.temporal.queues);
});
afterAll(async () => {
  for (const id of scheduleIds(studio.temporal.queues)) await studio.temporal.client.schedule.getHandle(id).delete();
  await studio.close();
});

const change = async (statement: string, values: unknown[]) =>
  asOwner(await ownerUrlOf(studio.database), async (owner) => {
    await owner.query("SET session_replication_role = 'replica'");
    await owner.query(statement, values);
  });
const auditedAt = () => studio.metric('avatar_ledger_audit_last_success_timestamp_seconds', {});
const violationsTotal = () => studio.metric('avatar_ledger_audit_violations_total', {});
const holdAge = () => studio.metric('avatar_oldest_hold_age_seconds', {});

/** Runs one audit. @returns how many violations it finds */
function audit(): Promise<number> {
  return studio.temporal.client.workflow.execute<typeof auditLedger>('auditLedger', {
    workflowId: `audit-${randomUUID()}`,
    taskQueue: studio.temporal.queues.workflows,
  });
}

describe('the ledger audit', () => {
  it('is run by its Schedule', async () => {
    await studio.temporal.client.schedule.getHandle(`audit-ledger-${studio.temporal.queues.workflows}`).trigger();
    await until(async () => (await auditedAt()) > 0, { what: 'an audit' });
    expect(await violationsTotal()).toBe(0);
  });

  it('counts every violation in each audit that finds it', async () => {
    const { accountId } = await studio.user();
    await change('UPDATE accounts SET posted = posted + 1 WHERE id = $1', [accountId]);
    expect([await audit(), await audit()]).toEqual([1, 1]);
    expect(await violationsTotal()).toBe(2);
    await change('UPDATE accounts SET posted = posted - 1 WHERE id = $1', [accountId]);
    expect(await audit()).toBe(0);
    expect(await violationsTotal()).toBe(2);
  });

  it('is counted as a failure when it does not complete', async () => {
    const before = await auditedAt();
    await change('ALTER VIEW ledger_audit RENAME TO ledger_audit_renamed', []);
    await expect(studio.activities.publish.auditLedger()).rejects.toThrow('ledger_audit');
    await change('ALTER VIEW ledger_audit_renamed RENAME TO ledger_audit', []);
    expect(await studio.metric('avatar_ledger_audit_failures_total', {})).toBe(1);
    expect(await auditedAt()).toBe(before);
  });
});

describe('the metric of the oldest hold', () => {
  it('reports the age of the oldest hold that is neither captured nor released', async () => {
    expect(await holdAge()).toBe(0);
    const user = await studio.user();
    studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    await change("UPDATE credit_transfers SET created_at = created_at - interval '2 hours' WHERE generation_id = $1", [
      id,
    ]);
    expect(await holdAge()).toBeGreaterThan(7_000);
    await studio.temporal.generations.cancel(id, { reason: 'test', by: 'test' });
    await studio.ended(id);
    expect(await holdAge()).toBe(0);
  });
});
