import { type ProviderJob, ProviderFailure } from '../port.ts';

/** What fal asks for whenever it is asked about work: the app, which is the model without its subpath, and the request. */
export interface FalWork {
  readonly app: string;
  readonly requestId: string;
}

const EXTERNAL_ID = /^([a-z0-9-]+\/[a-z0-9.-]+)\/([A-Za-z0-9-]{8,64})$/;

/** `fal-ai/flux/dev` is ordered under its whole name and asked about as `fal-ai/flux`. */
function appOf(model: string): string {
  return model.split('/').slice(0, 2).join('/');
}

/** App and request in one: a cancel knows nothing but the handle. */
export function jobOf(model: string, requestId: string): ProviderJob {
  return { externalId: `${appOf(model)}/${requestId}` };
}

/** @throws ProviderFailure `invalid_input` for what could lead anywhere else */
export function workOf({ externalId }: ProviderJob): FalWork {
  const [, app, requestId] = EXTERNAL_ID.exec(externalId) ?? [];
  if (app === undefined || requestId === undefined) {
    throw new ProviderFailure('invalid_input', 'That is no handle of a request at fal');
  }
  return { app, requestId };
}
