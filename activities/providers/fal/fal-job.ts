import { type ProviderJob, ProviderFailure } from '../port.ts';

/** What identifies a request at fal: the app, which is the model without its subpath, and the request's id. */
export interface FalRequest {
  readonly app: string;
  readonly requestId: string;
}

const EXTERNAL_ID = /^([a-z0-9-]+\/[a-z0-9.-]+)\/([A-Za-z0-9-]{8,64})$/;

/** A request to `fal-ai/flux/dev` is submitted under the whole name and polled under `fal-ai/flux`. */
function appOf(model: string): string {
  return model.split('/').slice(0, 2).join('/');
}

/** The external id contains app and request, since `cancel` gets nothing else. */
export function jobOf(model: string, requestId: string): ProviderJob {
  return { externalId: `${appOf(model)}/${requestId}` };
}

/** @throws ProviderFailure `invalid_input` for an external id that could change the URL's path */
export function falRequestOf({ externalId }: ProviderJob): FalRequest {
  const [, app, requestId] = EXTERNAL_ID.exec(externalId) ?? [];
  if (app === undefined || requestId === undefined) {
    throw new ProviderFailure('invalid_input', 'This is not the external id of a request at fal');
  }
  return { app, requestId };
}
