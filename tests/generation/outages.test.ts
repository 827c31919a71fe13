import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { API_BASE } from '#contract/route.ts';
import { migrate } from '#drizzle/migrate.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { reconcilerScheduleId } from '#temporal/client/reconciler.ts';
import { ensureSchedules } from '#temporal/client/schedules.ts';
import { serveApi } from '../api/serve-api.ts';
import { openStudio, type Studio, type StudioOptions } from '../support/studio.ts';
import { suspendPostgres } from '../support/suspend-postgres.ts';
import { DEV, ILLUSTRATOR, SCHNELL, type TestUser } from '../support/insert-request.ts';
import { startTemporaryStack, type TemporaryStack } from '../support/temporary-stack.ts';
import { until } from '../support/until.ts';
import { photo } from '../uploads/images.ts';

/** Each outage may take this long to be noticed, waited out and settled. */
const RECOVERY_MS = 90_000;
const BUCKET_AWAY_MS = 20_000;
/** Over while the bucket is still away. */
const DEADLINE_MS = BUCKET_AWAY_MS / 2;
/** Longer than a silent server is waited for (5 s), so that answers are lost. */
const STOPPED_MS = 8_000;
/** The order during whose admission it stops: some are admitted by then, some are written, and some have not begun. */
const STOPPED_AT = 4;
const ORDERS = 12;

let stack: TemporaryStack;
let studio: Studio;
/** The same with a deadline of {@link DEADLINE_MS}. */
let hurried: Studio;
let user: TestUser;

/** A stack of its own: these tests kill its servers. */
beforeAll(async () => {
  stack = await startTemporaryStack();
  await migrate(stack.databaseOwnerUrl);
  const options: StudioOptions = {
    temporal: { address: stack.temporalAddress, namespace: stack.temporalNamespace },
    database: { url: stack.databaseUrl, ownerUrl: stack.databaseOwnerUrl },
    storage: stack.storage,
    heartbeatTimeoutMs: 3_000,
  };
  studio = await openStudio(options);
  await studio.startWorkers();
  hurried = await openStudio({ ...options, deadlineMs: DEADLINE_MS });
  await hurried.startWorkers();
  user = await studio.user({ tier: 'pro', credits: 1_000 });
});
afterEach(() => studio.replicate.reset());
afterAll(async () => {
  await Promise.all([studio.close(), hurried.close()]);
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

/** As soon as Temporal takes it: after a restart its services come back one by one. */
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
  'finishes after the bucket was away for twenty seconds, and what had a shorter deadline ended at it, bought once',
  async () => {
    const somebody = await hurried.user({ credits: 10 });
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    await stack.gcs!.stop();
    const away = sleep(BUCKET_AWAY_MS);
    const late = await hurried.generate(somebody, { plan: [SCHNELL, DEV, ILLUSTRATOR] });
    await until(() => studio.replicate.ledger()[0]?.state === 'succeeded', { timeoutMs: RECOVERY_MS });
    const ended = await hurried.ended(late.id, RECOVERY_MS);
    await away;
    await stack.gcs!.restart();
    expect(ended).toMatchObject({ status: 'failed', failure: { code: 'deadline' }, creditsReturned: true });
    expect(await listAttempts(hurried.database, [late.id])).toHaveLength(1);
    expect(hurried.replicate.ledger()).toHaveLength(1);
    expect(await hurried.credits(somebody)).toEqual({ posted: 10, held: 0 });
    expect(await finalOutcome(id)).toEqual(DELIVERED);
  },
  2 * RECOVERY_MS,
);

it(
  'takes new orders and cancels while the bucket is away',
  async () => {
    await stack.gcs!.stop();
    const { id, outcome } = await studio.generate(user, { plan: [SCHNELL] });
    expect(outcome).toEqual({ kind: 'admitted' });
    await until(() => studio.replicate.ledger()[0]?.state === 'succeeded', { timeoutMs: RECOVERY_MS });
    await studio.temporal.generations.cancel(id, { reason: 'changed_mind', by: user.accountId });
    expect(await studio.ended(id, BUCKET_AWAY_MS)).toMatchObject({ status: 'cancelled', creditsReturned: true });
    await stack.gcs!.restart();
  },
  2 * RECOVERY_MS,
);

it(
  'survives Temporal being killed and started again mid-run',
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
  'survives Postgres being killed and started again mid-run',
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
  'answers a POST with 202 while Temporal is away, and makes the avatar once it is back',
  async () => {
    const api = await serveApi({
      database: studio.database,
      listenUrl: stack.databaseUrl,
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

/** What an answer says: of a 5xx, what may exist; of the others, what does. */
interface Answer {
  readonly id?: string;
  readonly generationId?: string;
  readonly batchId?: string;
  readonly uploadId?: string;
  readonly reference?: string;
}

async function told(response: Response): Promise<Answer & { readonly status: number }> {
  return { ...((await response.json()) as Answer), status: response.status };
}

/** What is there of an account by now: orders by their own id or their batch's. */
const LOOK_FOR = {
  made: `SELECT coalesce(batch_id, id) AS id FROM avatar_generations WHERE account_id = $1 AND status = 'completed'`,
  charged: `SELECT coalesce(batch_id, id) AS id FROM avatar_generations
    WHERE account_id = $1 AND id IN (SELECT generation_id FROM credit_transfers WHERE kind = 'reserve')`,
  anything: `SELECT coalesce(batch_id, id)::text AS id FROM avatar_generations WHERE account_id = $1
    UNION ALL SELECT id::text FROM uploads WHERE account_id = $1
    UNION ALL SELECT reference FROM credit_transfers WHERE account_id = $1 AND kind = 'topup' AND reference <> 'starter'`,
};

async function idsOf(what: keyof typeof LOOK_FOR, accountId: string): Promise<string[]> {
  const rows = await studio.database.call<{ id: string }>(`test.${what}`, LOOK_FOR[what], [accountId]);
  return rows.map(({ id }) => id);
}

it(
  'charges nobody for what they were not told of, however many orders meet a database that stops for eight seconds',
  async () => {
    const { generations } = studio.temporal;
    const stopped = Promise.withResolvers<() => void>();
    let admissions = 0;
    const api = await serveApi({
      database: studio.database,
      listenUrl: stack.databaseUrl,
      store: studio.store,
      workflows: {
        ...generations,
        async admit(start) {
          admissions += 1;
          if (admissions === STOPPED_AT) stopped.resolve(await suspendPostgres(stack.dataDir));
          return generations.admit(start);
        },
      },
    });
    const { token, projectId: id, accountId, subject } = await api.user({ tier: 'pro' });
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

    const asked = [
      ...Array.from({ length: ORDERS }, (_, n) =>
        api.client.raw('createGeneration', { token, id, body: input(`baker number ${n}`) }),
      ),
      api.client.raw('createBatch', { token, id, body: { items: [input('a miller'), input('a smith')] } }),
      send(`/projects/${id}/avatars`),
      send('/uploads'),
      topUp(),
      topUp(),
    ];
    const goOn = await stopped.promise;
    const answering = Promise.all(asked.map(async (request) => told(await request)));
    await sleep(STOPPED_MS);
    goOn();
    const answers = await answering;

    const named = new Set(
      answers.flatMap(({ id: made, generationId, batchId, uploadId, reference }) =>
        [made, generationId, batchId, uploadId, reference].filter((name) => name !== undefined),
      ),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    // Otherwise nothing was tried.
    expect(accepted.length).toBeGreaterThanOrEqual(STOPPED_AT);

    // The promises are kept: what was accepted is made.
    await ensureSchedules(studio.temporal.client, studio.temporal.queues);
    const schedule = await triggerReconciler();
    await until(
      async () => {
        const made = new Set(await idsOf('made', accountId));
        return accepted.every((answer) => made.has(answer.id!));
      },
      { timeoutMs: RECOVERY_MS, what: 'the end of all that was accepted' },
    );
    await schedule.delete();

    // Whatever is there by now, its owner was told of: by its id, or as what may exist.
    const unnamed = (await idsOf('anything', accountId)).filter((one) => !named.has(one));
    expect(unnamed).toEqual([]);
    const promised = new Set(
      answers
        .filter(({ status }) => status < 300)
        .map(({ id: made, ...answer }) => ('generation' in answer ? (answer.generation as Answer).id : made)),
    );
    expect((await idsOf('charged', accountId)).filter((one) => !promised.has(one))).toEqual([]);
    expect(await studio.violations()).toEqual([]);
    await api.stop();
  },
  3 * RECOVERY_MS,
);
