import type { AbandonDeps } from '../settlement/abandon.ts';
import type { Measurements } from '../measurements.ts';
import type { GenerationRef } from '../activity-types.ts';
import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import type { PartLimits } from './run-part.ts';
import type { WorkflowControl } from '../workflow-control.ts';

export interface ReconcileDeps extends AbandonDeps {
  readonly workflows: WorkflowControl;
  readonly webhookSender: WebhookSender;
  readonly measurements: Measurements;
  readonly abandon: (ref: GenerationRef) => Promise<void>;
  /** Only rows that did not change for this long are checked. */
  readonly reconcileAfterMs: number;
  /** The most generations that one round settles; when more are lost, it settles none. */
  readonly settleMax: number;
  /** How long a workflow past its deadline may stand still before it counts as stuck, ms. */
  readonly stuckAfterMs?: number | undefined;
  /** The time of one part. */
  readonly partLimits?: PartLimits | undefined;
  /** Milliseconds since 1970; defaults to the process' own clock. */
  readonly now?: (() => number) | undefined;
}
