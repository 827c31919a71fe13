import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { API_BASE } from '#contract/route.ts';
import { migrate } from '#drizzle/migrate/migrate.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { reconcilerScheduleId } from '#temporal/client/reconciler.ts';
import { ensureSchedules } from '#temporal/client/schedules.ts';
import { serveApi } from '../api/serve-api.ts';
import { openStudio, type Studio, type StudioOptions } from '../support/studio.ts';
import { suspendPostgres } from '../support/suspend-postgres.ts';
import { DEV, ILLUSTRATOR, SCHNELL, type TestUser } from '../support/insert-request.ts';
import { databaseOf, startTemporaryStack, type TemporaryStack } from '../support/temporary-stack.ts';
import { until } from '../support/until.ts';
import { photo } from '../uploads/images.ts';

/** The longest that noticing, waiting out and settling an outage may take. */
const RECOVERY_MS = 90_000;
const BUCKET_OUTAGE_MS = 20_000;
/** Passes while the bucket is still unavailable. */
const DEADLINE_MS = BUCKET_OUTAGE_MS / 2;
/** Longer than the query timeout (5 s), so that replies are lost. */
const SUSPENDED_MS = 8_000;
/** Generations that are accepted before the others are requested, all at once. */
const ACCEPTED_BEFORE = 3;
/** The admission during which Postgres is suspended: of the others, some are being admitted, some inserted, some not started. */
const SUSPENDED_AT = ACCEPTED_BEFORE + 3;
const REQUESTS = 12;

let stack: TemporaryStack;
let studio: Studio;
/** The same with a deadline of {@link DEADLINE_MS}. */
let shortDeadline: Studio;
let user: TestUser;

/** A temporary stack, because these tests kill its servers. */
beforeAll(async () => {
  stack = await startTemporaryStack();
  await migrate(stack.databaseOwnerUrl);
  const options: StudioOptions = {
    temporal: { address: stack.temporalAddress, namespace: stack.temporalNamespace },
    database: databaseOf(stack),
    storage: stack.storage,
    heartbeatTimeoutMs: 3_000,
  };
  studio = await openStudio(options);
  await studio.startWorkers();
  shortDeadline = await openStudio({ ...options, deadlineMs: DEADLINE_MS });
  await shortDeadline.startWorkers();
  user = await studio.user({ tier: 'pro', credits: 1_000 });
});
afterEach(() => studio.replicate.reset());
afterAll(async () => {
  await Promise.all([studio.close(), shortDeadline.close()]);
  await stack.stop();
});

async function finalOutcome(id: string) {
  const { status } = await studio.ended(id, RECOVERY_MS);
  return {
    status,
    transfers: await studio.transfers(id),
    bought: studio.replicate.ledger().length,
    held: (await studio.credits(user)).held,
    violations: await studio.violations(),
  };
}

const DELIVERED = { status: 'completed', transfers: ['reserve', 'capture'], bought: 1, held: 0, violations: [] };

/** Retries until Temporal accepts the trigger: after a restart its services return one by one. */
async function triggerReconciler() {
  const schedule = studio.temporal.client.schedule.getHandle(reconcilerScheduleId(studio.temporal.queues));
  const triggered = () =>
    schedule.trigger().then(
      () => true,
      () => false,
    );
  await until(triggered, { timeoutMs: RECOVERY_MS });
  return schedule;
}

it(
  'a bucket outage of 20 seconds delays a generation, and fails one with a shorter deadline after a single purchase',
  async () => {
    const account = await shortDeadline.user({ credits: 10 });
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    await stack.gcs!.stop();
    const outage = sleep(BUCKET_OUTAGE_MS);
    const late = await shortDeadline.generate(account, { plan: [SCHNELL, DEV, ILLUSTRATOR] });
    await until(() => studio.replicate.ledger()[0]?.state === 'succeeded', { timeoutMs: RECOVERY_MS });
    const ended = await shortDeadline.ended(late.id, RECOVERY_MS);
    await outage;
    await stack.gcs!.restart();
    expect(ended).toMatchObject({ status: 'failed', failure: { code: 'deadline' }, creditsReturned: true });
    expect(await listAttempts(shortDeadline.database, [late.id])).toHaveLength(1);
    expect(shortDeadline.replicate.ledger()).toHaveLength(1);
    expect(await shortDeadline.credits(account)).toEqual({ posted: 10, held: 0 });
    expect(await finalOutcome(id)).toEqual(DELIVERED);
  },
  2 * RECOVERY_MS,
);

it(
  'a bucket outage does not stop new generations or cancellations',
  async () => {
    await stack.gcs!.stop();
    const { id, outcome } = await studio.generate(user, { plan: [SCHNELL] });
    expect(outcome).toMatchObject({ kind: 'admitted' });
    await until(() => studio.replicate.ledger()[0]?.state === 'succeeded', { timeoutMs: RECOVERY_MS });
    await studio.temporal.generations.cancel(id, { reason: 'changed_mind', by: user.accountId });
    expect(await studio.ended(id, BUCKET_OUTAGE_MS)).toMatchObject({ status: 'cancelled', creditsReturned: true });
    await stack.gcs!.restart();
  },
  2 * RECOVERY_MS,
);

it(
  'a generation completes after Temporal was killed and restarted',
  async () => {
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 4_000 });
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    await until(() => studio.replicate.ledger().length === 1);
    await stack.temporal!.kill9();
    await sleep(2_000);
    await stack.temporal!.restart();
    expect(await finalOutcome(id)).toEqual(DELIVERED);
  },
  2 * RECOVERY_MS,
);

it(
  'a generation completes after Postgres was killed and restarted',
  async () => {
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 4_000 });
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    await until(() => studio.replicate.ledger().length === 1);
    await stack.postgres!.kill9();
    await sleep(2_000);
    await stack.postgres!.restart();
    expect(await finalOutcome(id)).toEqual(DELIVERED);
  },
  2 * RECOVERY_MS,
);

it(
  'a POST during a Temporal outage is answered with 202, and the avatar is generated after it',
  async () => {
    const api = await serveApi({
      database: studio.apiDatabase,
      listenUrl: stack.apiDatabaseUrl,
      workflows: studio.temporal.generations,
      store: studio.store,
    });
    await ensureSchedules(studio.temporal.client, studio.temporal.queues);
    const { token, projectId } = await api.user();
    await stack.temporal!.kill9();
    const { status, body } = await api.client.ok('createGeneration', {
      token,
      id: projectId,
      body: { sourceType: 'text_to_image', prompt: 'a signal tower', options: { size: 512 } },
      headers: { 'Idempotency-Key': 'while-temporal-is-away' },
    });
    expect({ status, generation: body.status }).toEqual({ status: 202, generation: 'requested' });
    expect(await studio.transfers(body.id)).toEqual([]);

    await stack.temporal!.restart();
    const schedule = await triggerReconciler();
    expect((await studio.ended(body.id, RECOVERY_MS)).status).toBe('completed');
    expect(await studio.transfers(body.id)).toEqual(['reserve', 'capture']);
    expect(await studio.violations()).toEqual([]);
    await schedule.delete();
    await api.stop();
  },
  2 * RECOVERY_MS,
);

/** The ids in an answer: of a 5xx, what may exist; of others, what does exist. */
interface Answer {
  readonly id?: string;
  readonly generationId?: string;
  readonly batchId?: string;
  readonly uploadId?: string;
  readonly reference?: string;
  /** Of an avatar, as an upload returns it. */
  readonly generation?: { readonly id?: string };
}

async function readAnswer(response: Response): Promise<Answer & { readonly status: number }> {
  return { ...((await response.json()) as Answer), status: response.status };
}

/** Queries for what exists of an account; generations by their own id or their batch's. */
const ID_QUERIES = {
  completed: `SELECT coalesce(batch_id, id) AS id FROM avatar_generations WHERE account_id = $1 AND status = 'completed'`,
  charged: `SELECT coalesce(batch_id, id) AS id FROM avatar_generations
    WHERE account_id = $1 AND id IN (SELECT generation_id FROM credit_transfers WHERE kind = 'reserve')`,
  existing: `SELECT coalesce(batch_id, id)::text AS id FROM avatar_generations WHERE account_id = $1
    UNION ALL SELECT id::text FROM uploads WHERE account_id = $1
    UNION ALL SELECT reference FROM credit_transfers WHERE account_id = $1 AND kind = 'topup' AND reference <> 'starter'`,
};

async function idsOf(what: keyof typeof ID_QUERIES, accountId: string): Promise<string[]> {
  const rows = await studio.database.call<{ id: string }>(`test.${what}`, ID_QUERIES[what], [accountId]);
  return rows.map(({ id }) => id);
}

it(
  'a database that hangs for eight seconds leaves no charge or object that its user was not informed about',
  async () => {
    const { generations } = studio.temporal;
    const suspended = Promise.withResolvers<() => void>();
    let admissions = 0;
    const api = await serveApi({
      database: studio.apiDatabase,
      listenUrl: stack.apiDatabaseUrl,
      store: studio.store,
      workflows: {
        ...generations,
        async admit(start) {
          admissions += 1;
          if (admissions === SUSPENDED_AT) suspended.resolve(await suspendPostgres(stack.dataDir));
          return generations.admit(start);
        },
      },
    });
    const { token, projectId, accountId, subject } = await api.user({ tier: 'pro' });
    const till = await api.tokens.forService({ sub: 'till', scopes: ['credits:write'] });
    const options = { provider: 'illustrator', size: 512 };
    const input = (prompt: string) => ({ sourceType: 'text_to_image', prompt, options });
    const image = new Blob([new Uint8Array(await (await photo(1)).jpeg().toBuffer())]);
    const send = (path: string) => {
      const form = new FormData();
      form.append('image', image, 'me.jpg');
      return fetch(`${api.address}${API_BASE}${path}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}` },
        body: form,
      });
    };
    const topUp = () =>
      api.client.raw('createTopup', { token: till, body: { userId: subject, amount: 1, reference: randomUUID() } });

    const generate = (prompt: string) =>
      api.client.raw('createGeneration', { token, id: projectId, body: input(prompt) });
    const before = [];
    for (let n = 0; n < ACCEPTED_BEFORE; n++) before.push(await readAnswer(await generate(`gardener number ${n}`)));
    const requests = [
      ...Array.from({ length: REQUESTS }, (_, n) => generate(`baker number ${n}`)),
      api.client.raw('createBatch', { token, id: projectId, body: { items: [input('a miller'), input('a smith')] } }),
      send(`/projects/${projectId}/avatars`),
      send('/uploads'),
      topUp(),
      topUp(),
    ];
    const resume = await suspended.promise;
    const pendingAnswers = Promise.all(requests.map(async (request) => readAnswer(await request)));
    await sleep(SUSPENDED_MS);
    resume();
    const answers = [...before, ...(await pendingAnswers)];

    const named = new Set(
      answers.flatMap(({ id: created, generationId, batchId, uploadId, reference, generation }) =>
        [created, generationId, batchId, uploadId, reference, generation?.id].filter((name) => name !== undefined),
      ),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted.length).toBeGreaterThanOrEqual(ACCEPTED_BEFORE);
    // Otherwise the outage interrupted nothing.
    expect(answers.map(({ status }) => status)).toContain(503);

    // Everything that was accepted is completed.
    await ensureSchedules(studio.temporal.client, studio.temporal.queues);
    const schedule = await triggerReconciler();
    await until(
      async () => {
        const completed = new Set(await idsOf('completed', accountId));
        return accepted.every((answer) => completed.has(answer.id!));
      },
      { timeoutMs: RECOVERY_MS, what: 'the completion of all accepted requests' },
    );
    await schedule.delete();

    // Every existing row was named in an answer: by its id, or as what may exist.
    const unnamed = (await idsOf('existing', accountId)).filter((name) => !named.has(name));
    expect({ unnamed, answers }).toEqual({ unnamed: [], answers });
    const promised = new Set(
      answers
        .filter(({ status }) => status < 300)
        .map(({ id: created, generation }) => (generation === undefined ? created : generation.id)),
    );
    expect((await idsOf('charged', accountId)).filter((name) => !promised.has(name))).toEqual([]);
    expect(await studio.violations()).toEqual([]);
    await api.stop();
  },
  3 * RECOVERY_MS,
);
