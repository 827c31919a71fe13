import { type ProviderJob, ProviderFailure } from '../port.ts';

/** How fal addresses a request in its queue: the app, which is the model without its subpath, and the request's id. */
export interface FalRequest {
  readonly app: string;
  readonly requestId: string;
}

const EXTERNAL_ID = /^([a-z0-9-]+\/[a-z0-9.-]+)\/([A-Za-z0-9-]{8,64})$/;

/** `fal-ai/flux/dev` is submitted under its whole name and read as `fal-ai/flux`. */
function appOf(model: string): string {
  return model.split('/').slice(0, 2).join('/');
}

/** App and request id in one: a cancel has nothing but the external id. */
export function jobOf(model: string, requestId: string): ProviderJob {
  return { externalId: `${appOf(model)}/${requestId}` };
}

/** @throws ProviderFailure `invalid_input` for an id that could address anything else */
export function requestOf({ externalId }: ProviderJob): FalRequest {
  const [, app, requestId] = EXTERNAL_ID.exec(externalId) ?? [];
  if (app === undefined || requestId === undefined) {
    throw new ProviderFailure('invalid_input', 'Not the external id of a fal request');
  }
  return { app, requestId };
}
