import { signatureHeaders } from '#activities/webhooks/signature-headers.ts';
import { presentPrediction } from './present-prediction.ts';
import type { MadePrediction, PredictionBook } from './prediction-store.ts';

/** Posts the prediction to whoever ordered it, signed, when it has ended; as the service does. Nobody home is no error. */
export type CallBack = (webhook: string, made: MadePrediction, origin: string) => void;

export function createCallBack(book: PredictionBook, secret: string): CallBack {
  return (webhook, made, origin) => {
    setTimeout(() => {
      const body = JSON.stringify(presentPrediction(book, made, origin));
      const message = { id: `msg_${made.id}`, timestamp: Math.floor(Date.now() / 1000), body };
      const headers = { 'content-type': 'application/json', ...signatureHeaders(message, [secret]) };
      void fetch(webhook, { method: 'POST', headers, body }).catch(() => undefined);
    }, made.runsMs).unref();
  };
}
