import type { Logger } from 'pino';
import type { Retention } from '#domain/configuration/retention.ts';
import type { Budgets } from '#domain/provider/budget.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import { createCircuitBreakers } from '#drizzle/stores/circuit-breakers.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { createFeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import { createAbandon } from './settlement/abandon.ts';
import { createAdmitBatch } from './admission/admit-batch.ts';
import { createAdmit } from './admission/admit.ts';
import { createAuditLedger } from './reconcile/audit-ledger.ts';
import { createCheckProviders } from './providers/check-providers.ts';
import { createEndGenerations } from './erasure/end-generations.ts';
import type { Decoder } from './image/decoder/decoder.ts';
import { createEraseRows, createFinishErasure } from './erasure/erase-rows.ts';
import { createGenerateImage } from './generate/generate-image.ts';
import { timed, type Measurements } from './measurements.ts';
import type { ImageModerator } from './moderation/port.ts';
import { createProviderGuard } from './generate/provider-guard.ts';
import type { Wakeups } from './generate/wakeups.ts';
import type { ImageProvider } from './providers/port.ts';
import { createCompareInventoryPage } from './inventory/compare-page.ts';
import { createEndInventory, createRemoveUnknownObjects } from './inventory/end-inventory.ts';
import { createExpireRecords } from './retention/expire-records.ts';
import { createReconcile } from './reconcile/reconcile.ts';
import type { PartLimits } from './reconcile/run-part.ts';
import { createPurgeTrash } from './removal/purge-trash.ts';
import { createRemoveAllObjects } from './removal/remove-all-objects.ts';
import { createRemoveOrphanedObjects } from './removal/remove-orphaned-objects.ts';
import { createStopGenerations } from './removal/stop-generations.ts';
import { createRecordAvatar } from './publish/record-avatar.ts';
import { createRelease } from './settlement/release.ts';
import { createSetPriority } from './generate/set-priority.ts';
import { createSaveImage } from './publish/save-image.ts';
import { createStagedImages } from './publish/staged-images.ts';
import type { ImageStore } from './storage/port.ts';
import type { WebhookSender } from './webhooks/webhook-sender.ts';
import { createDeadLetterDelivery, createTryDelivery } from './webhooks/deliver.ts';
import type { WorkflowControl } from './workflow-control.ts';

export interface ActivityDeps {
  readonly database: Database;
  /** The same database with a longer statement timeout; defaults to {@link ActivityDeps.database}. */
  readonly auditDatabase?: Database | undefined;
  readonly store: ImageStore;
  readonly providers: ReadonlyMap<ProviderName, ImageProvider>;
  readonly workflows: WorkflowControl;
  readonly webhookSender: WebhookSender;
  readonly wakeups: Wakeups;
  /** Undefined when the content check is switched off. */
  readonly moderator?: ImageModerator | undefined;
  /** Decodes what providers deliver. */
  readonly decoder: Pick<Decoder, 'deliver' | 'encode'>;
  readonly measurements: Measurements;
  readonly log: Logger;
  readonly heartbeatTimeoutMs: number;
  readonly generationTimeoutMs: number;
  readonly reconcileAfterMs: number;
  /** The most generations that one round of the reconciler settles; when more are lost, it settles none. */
  readonly settleMax: number;
  /** For both, see ReconcileDeps. */
  readonly stuckAfterMs?: number | undefined;
  readonly partLimits?: PartLimits | undefined;
  /** Milliseconds since 1970; defaults to the process' own clock. */
  readonly now?: (() => number) | undefined;
  /** Unlimited by default. */
  readonly budgets?: Budgets | undefined;
  readonly deadlineMs?: number | undefined;
  /** Of the inventory; defaults to a day. */
  readonly inventoryGraceMs?: number | undefined;
  /** Days by kind of record; the defaults are in domain/configuration/retention.ts. */
  readonly retention?: Retention | undefined;
  /** Defaults to {@link LATE_WRITES_MS}. */
  readonly lateWritesMs?: number | undefined;
}

/** All activities, grouped by the task queue that runs them. */
export function createActivities(deps: ActivityDeps) {
  const available = [...deps.providers.keys()];
  const { measurements } = deps;
  const featureSwitches = createFeatureSwitches(deps.database);
  const circuits = createCircuitBreakers(deps.database);
  const stagedImages = createStagedImages();
  const saveImage = timed(measurements, 'saveImage', createSaveImage({ ...deps, stagedImages }));
  const abandon = createAbandon(deps);
  return {
    local: {
      admit: timed(measurements, 'admit', createAdmit({ ...deps, available })),
      admitBatch: timed(measurements, 'admit', createAdmitBatch(deps)),
      recordAvatar: timed(measurements, 'recordAvatar', createRecordAvatar({ ...deps, stagedImages })),
      release: createRelease(deps),
      setPriority: createSetPriority(deps),
      saveImage,
      abandon,
    },
    generate: {
      generateImage: timed(
        measurements,
        'generateImage',
        createGenerateImage({
          ...deps,
          stagedImages,
          providerGuard: createProviderGuard({ ...deps, circuits, budgets: deps.budgets ?? {} }),
        }),
      ),
    },
    publish: {
      saveImage,
      abandon,
      reconcile: createReconcile({ ...deps, abandon }),
      auditLedger: createAuditLedger({ ...deps, auditDatabase: deps.auditDatabase ?? deps.database }),
      checkProviders: createCheckProviders({ ...deps, featureSwitches, circuits }),
      compareInventoryPage: createCompareInventoryPage(deps),
      endInventory: createEndInventory(deps),
      removeUnknownObjects: createRemoveUnknownObjects(deps),
      expireRecords: createExpireRecords(deps),
      purgeTrash: createPurgeTrash(deps),
      removeOrphanedObjects: createRemoveOrphanedObjects(deps),
      removeAllObjects: createRemoveAllObjects(deps),
      stopGenerations: createStopGenerations(deps),
      endGenerations: createEndGenerations(deps),
      eraseRows: createEraseRows(deps),
      finishErasure: createFinishErasure(deps),
    },
    webhooks: {
      tryDelivery: createTryDelivery({
        database: deps.database,
        sendWebhook: deps.webhookSender.send,
        openSecret: deps.webhookSender.openSecret,
      }),
      deadLetterOldDelivery: createDeadLetterDelivery(deps),
    },
  };
}

export type Activities = ReturnType<typeof createActivities>;
export type LocalActivities = Activities['local'];
export type GenerateActivities = Activities['generate'];
export type PublishActivities = Activities['publish'];
export type WebhookActivities = Activities['webhooks'];
