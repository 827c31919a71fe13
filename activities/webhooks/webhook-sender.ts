import type { OpenSecret } from './deliver.ts';
import type { SendGuarded } from './send-guarded.ts';

/** The port for sending webhooks. */
export interface WebhookSender {
  readonly openSecret: OpenSecret;
  readonly send: SendGuarded;
  /** Starts the delivery's workflow, or joins the one that runs. @throws TemporalUnavailable */
  startDelivery(delivery: { readonly id: string; readonly accountId: string }): Promise<void>;
}
