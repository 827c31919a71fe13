import { signatureHeaders } from '#activities/webhooks/signature-headers.ts';
import { presentPrediction } from './present-prediction.ts';
import type { StoredPrediction, PredictionStore } from './prediction-store.ts';

/** Posts a prediction, signed, to its webhook when it has ended, as the service does. An unreachable receiver is no error. */
export type SendWebhook = (webhook: string, prediction: StoredPrediction, origin: string) => void;

export function createSendWebhook(store: PredictionStore, secret: string): SendWebhook {
  return (webhook, prediction, origin) => {
    setTimeout(() => {
      const body = JSON.stringify(presentPrediction(store, prediction, origin));
      const message = { id: `msg_${prediction.id}`, timestamp: Math.floor(Date.now() / 1000), body };
      const headers = { 'content-type': 'application/json', ...signatureHeaders(message, [secret]) };
      void fetch(webhook, { method: 'POST', headers, body }).catch(() => undefined);
    }, prediction.runsMs).unref();
  };
}
