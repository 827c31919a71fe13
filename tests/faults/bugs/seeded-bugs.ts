import type { CHECKS } from '../checks/run-checks.ts';
import type { DirectedRun } from '../profiles.ts';

/** One replacement in a file of the product; `from` occurs exactly once. */
interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A mend that is taken back in a copy of the tree, to see that the harness finds what it mended. */
export interface SeededBug {
  /** The commit that mended it, or built it right. */
  readonly reverts: string;
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly run: DirectedRun;
  /** The check that must find it. */
  readonly foundBy: keyof typeof CHECKS;
  /** In one of its findings, where the check could find other things too. */
  readonly shows?: string;
}

/** Choices of a fault that reach every proxy of a link: the least delay or bandwidth, and the most. */
const [ALL_LEAST, ALL_MOST] = [0.02, 0.49];
/** Reaches every proxy, too, and delays statements that write to `avatar_generations` by a second. */
const ALL_SLOW_GENERATIONS = 0.35;
const LOST_REPLIES: DirectedRun = {
  kinds: ['reset_after_request'],
  links: ['worker_providers'],
  lastsMs: [3_000, 5_000],
  gapMs: [1_000, 2_000],
  choice: ALL_LEAST,
  providerFaults: 0.3,
  loadMs: 40_000,
};
/** Longer than the API waits for Temporal. */
const TEMPORAL_AWAY: DirectedRun = { kinds: ['kill_temporal'], lastsMs: [6_000, 8_000], gapMs: [9_000, 11_000] };
const NO_FAULTS: DirectedRun = { kinds: [], loadMs: 10_000 };

const BOUGHT = 'no image is bought twice';
const FINAL = 'every accepted generation is final';

export const SEEDED_BUGS = {
  'lost-reply-not-searched': {
    reverts: '858fee4',
    what: 'a job whose reply was lost is not searched for at the provider before another is bought',
    edits: [
      {
        file: 'activities/generate/obtain-job.ts',
        from: "attempt.state === 'submitting' &&",
        to: "(attempt.state as string) === 'none' &&",
      },
    ],
    run: LOST_REPLIES,
    foundBy: BOUGHT,
  },
  'paid-call-sent-again': {
    reverts: 'e7e8a5e',
    what: 'the paid call is sent again after a lost connection, as the client library does',
    edits: [
      {
        file: 'activities/providers/http/send-once.ts',
        from: `    return { kind: 'unknown', cause };`,
        to: `    if (!timeout.aborted && !signal.aborted) {
      const again = await deps.fetch(input, { ...init, signal, redirect: 'error' }).catch(() => undefined);
      if (again) {
        const body = await readBounded(again, deps.replyMaxBytes);
        return { kind: 'answered', status: again.status, headers: again.headers, body };
      }
    }
    return { kind: 'unknown', cause };`,
      },
    ],
    run: LOST_REPLIES,
    foundBy: BOUGHT,
  },
  'retry-buys-anew': {
    reverts: 'c3e61d6',
    what: 'a second run of the paid step does not continue the attempt of the first',
    edits: [
      {
        file: 'activities/generate/open-attempt.ts',
        from: `if (last && last.state !== 'failed' && last.state !== 'cancelled') return last;`,
        to: `if (last?.state === 'succeeded') return last;`,
      },
    ],
    run: { kinds: ['kill_worker', 'pause_worker'] },
    foundBy: BOUGHT,
  },
  'key-ignored': {
    reverts: '250c999',
    what: 'a repeated Idempotency-Key creates another generation',
    edits: [
      {
        file: 'api/idempotency.ts',
        from: 'return idempotencyKey === undefined ? uuidv7()',
        to: 'return idempotencyKey !== undefined || route === route ? uuidv7()',
      },
    ],
    run: NO_FAULTS,
    foundBy: 'every accepted id is known after a restart',
  },
  'acceptance-not-stored': {
    reverts: '535afe4',
    what: 'a request is answered with 202 without being marked as accepted',
    edits: [
      {
        file: 'api/generations/admit.ts',
        from: 'const mark = () => markAccepted(database, input.id);',
        to: 'const mark = async () => (await readGeneration(database, input.id)) ?? (await markAccepted(database, input.id));',
      },
    ],
    run: TEMPORAL_AWAY,
    foundBy: 'every accepted id is known after a restart',
  },
  'accepted-not-started': {
    reverts: '53e710f',
    what: 'the reconciler does not start what was accepted while Temporal was away',
    edits: [
      {
        file: 'drizzle/queries/generations/generation-sweep.ts',
        from: 'isNotNull(generations.acceptedAt),',
        to: 'isNotNull(generations.finishedAt),',
      },
    ],
    run: { ...TEMPORAL_AWAY, quiesceMs: 60_000 },
    foundBy: FINAL,
    shows: '× generation',
  },
  'deliveries-not-restarted': {
    reverts: '369c20f',
    what: 'neither the reconciler nor a reconnected worker starts webhook deliveries whose notification was missed',
    edits: [
      {
        // Both list them with this statement.
        file: 'drizzle/queries/accounts/webhook-deliveries.ts',
        from: 'AND (attempts = 0 OR created_at <',
        to: 'AND (attempts < 0 OR created_at <',
      },
    ],
    // A statement that is slow when its connection is cut is committed while no worker listens.
    run: {
      kinds: ['slow_statements', 'cut'],
      links: ['worker_postgres'],
      lastsMs: [3_500, 4_000],
      gapMs: [3_000, 3_500],
      choice: ALL_SLOW_GENERATIONS,
      users: 12,
      loadMs: 45_000,
      quiesceMs: 60_000,
    },
    foundBy: FINAL,
    shows: '× delivery',
  },
  'image-not-awaited': {
    reverts: '5ec09e0',
    what: 'the step that saves an image ends while the image is still being written',
    edits: [
      {
        file: 'activities/publish/save-image.ts',
        from: 'const writes = await Promise.allSettled([',
        to: 'const writes = await settleThumbnail([',
      },
      {
        file: 'activities/publish/save-image.ts',
        from: '/** States in both files how',
        to: `async function settleThumbnail(writes: readonly Promise<void>[]): Promise<PromiseSettledResult<void>[]> {
  for (const write of writes) write.catch(() => undefined);
  return Promise.allSettled(writes.slice(1));
}

/** States in both files how`,
      },
    ],
    run: {
      kinds: ['bandwidth', 'kill_bucket'],
      links: ['worker_bucket'],
      gapMs: [2_000, 3_000],
      choice: ALL_LEAST,
      users: 12,
      loadMs: 45_000,
    },
    foundBy: 'charged, delivered and stored are the same, byte for byte',
  },
  'object-not-registered': {
    reverts: '80ec389',
    what: 'an object is written before its row, so that nobody knows what a crash leaves in the bucket',
    edits: [
      {
        file: 'activities/storage/write-object.ts',
        from: '  await insertStoredObjects(deps.database, [{ name, kind, accountId, generationId, sizeBytes: bytes.length }]);\n',
        to: '',
      },
      {
        file: 'activities/storage/write-object.ts',
        from: '  await writeRegistered(deps.store, object, notAfter);\n}',
        to: `  await writeRegistered(deps.store, object, notAfter);
  await insertStoredObjects(deps.database, [{ name, kind, accountId, generationId, sizeBytes: bytes.length }]);
}`,
      },
    ],
    run: {
      kinds: ['latency', 'kill_postgres'],
      links: ['api_bucket'],
      lastsMs: [5_000, 6_000],
      gapMs: [5_000, 6_000],
      choice: ALL_MOST,
      weights: { uploadAvatar: 200 },
      abandoned: 0.8,
      users: 12,
      loadMs: 45_000,
    },
    foundBy: 'no object is orphaned',
  },
  'pages-not-refreshed': {
    reverts: '0445c56',
    what: 'open pages get no new snapshot after the listener lost its connection',
    edits: [{ file: 'api/create-api.ts', from: '      hub.refreshAll();\n', to: '' }],
    run: { kinds: ['cut'], links: ['api_postgres'], lastsMs: [2_000, 4_000], gapMs: [3_000, 5_000] },
    foundBy: 'every open page saw every final state',
  },
  'orphans-not-swept': {
    reverts: '53e710f',
    what: 'the reconciler does not remove the objects of ended and of dropped generations',
    edits: [
      {
        file: 'drizzle/queries/objects/stored-objects.ts',
        from: "WHERE o.avatar_id IS NULL AND o.kind <> 'upload' AND o.created_at <",
        to: "WHERE false AND o.avatar_id IS NULL AND o.kind <> 'upload' AND o.created_at <",
      },
    ],
    // A killed API leaves the staged image of an upload that it has not accepted, and that is never sent again.
    run: {
      kinds: ['latency', 'kill_api'],
      links: ['api_bucket'],
      gapMs: [3_000, 4_000],
      choice: ALL_MOST,
      weights: { uploadAvatar: 200 },
      abandoned: 0.8,
      users: 12,
      loadMs: 45_000,
      quiesceMs: 60_000,
    },
    foundBy: 'no object is orphaned',
  },
  'failures-not-notified': {
    reverts: '369c20f',
    what: 'a webhook is queued for completed generations only',
    edits: [
      {
        file: 'drizzle/functions/queue_generation_webhook.sql',
        from: `NEW.status IN ('completed', 'failed', 'cancelled') AND`,
        to: `NEW.status IN ('completed') AND`,
      },
    ],
    run: { ...NO_FAULTS, providerFaults: 0.4 },
    foundBy: 'webhooks agree with the ledger',
  },
} as const satisfies Record<string, SeededBug>;
