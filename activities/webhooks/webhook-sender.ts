import type { SendGuarded } from './send-guarded.ts';

/** What telling people's own servers needs from outside. */
export interface WebhookSender {
  readonly send: SendGuarded;
  /** Has the delivery's workflow run; one that runs already is joined. @throws when Temporal can't be asked */
  startDelivery(delivery: { readonly id: string; readonly accountId: string }): Promise<void>;
}
