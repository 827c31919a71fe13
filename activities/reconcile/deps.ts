import type { AbandonDeps } from '../settlement/abandon.ts';
import type { Measurements } from '../measurements.ts';
import type { GenerationRef } from '../activity-types.ts';
import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import type { WorkflowControl } from '../workflow-control.ts';

export interface ReconcileDeps extends AbandonDeps {
  readonly workflows: WorkflowControl;
  readonly webhookSender: WebhookSender;
  readonly measurements: Measurements;
  readonly abandon: (ref: GenerationRef) => Promise<void>;
  /** Rows that nobody touched for this long are looked at. */
  readonly reconcileAfterMs: number;
  /** Generations that one round settles at most; where more are lost, none. */
  readonly settleMax: number;
  /** Ms since 1970; the process' own clock where it is left out. */
  readonly now?: (() => number) | undefined;
}
