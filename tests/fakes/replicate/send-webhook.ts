import { signatureHeaders } from '#activities/webhooks/signature-headers.ts';
import type { FaultQueue } from '../faults/fault-queue.ts';
import { sendCallback } from '../faults/send-callback.ts';
import { promptOf } from './model-schemas.ts';
import { presentPrediction } from './present-prediction.ts';
import type { StoredPrediction, PredictionStore } from './prediction-store.ts';

/** Posts a prediction, signed, to its webhook when it has ended, as the service does. */
export type SendWebhook = (webhook: string, prediction: StoredPrediction, origin: string) => void;

export function createSendWebhook(store: PredictionStore, faults: FaultQueue, secret: string): SendWebhook {
  const foreign = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
  return (webhook, prediction, origin) =>
    sendCallback({
      address: webhook,
      endsInMs: prediction.runsMs,
      fault: faults.shiftForWebhook(promptOf(prediction.input)),
      message(forged) {
        const body = JSON.stringify(presentPrediction(store, prediction, origin));
        const message = { id: `msg_${prediction.id}`, timestamp: Math.floor(Date.now() / 1000), body };
        return { headers: { ...signatureHeaders(message, [forged ? foreign : secret]) }, body };
      },
    });
}
