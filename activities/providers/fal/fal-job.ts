import { type ProviderJob, ProviderFailure } from '../port.ts';
import type { Accepted } from './fal-messages.ts';

/** What identifies a request at fal: the app, which is the path of its addresses, and the request's id. */
export interface FalRequest {
  readonly app: string;
  readonly requestId: string;
}

/** No segment may be `..`, which would change the path. */
const EXTERNAL_ID = /^([a-z0-9-]+(?:\/[a-z0-9][a-z0-9._-]*){1,3})\/([A-Za-z0-9-]{8,64})$/;
const RESPONSE_PATH = /^\/(.+)\/requests\/([^/]+)$/;

/** A request to `fal-ai/flux/dev` is submitted under the whole name and usually polled under `fal-ai/flux`. */
function appOf(model: string): string {
  return model.split('/').slice(0, 2).join('/');
}

/** The job of a request whose reply was lost, at its usual path. The external id contains app and request, since `cancel` gets nothing else. */
export function jobOf(model: string, requestId: string): ProviderJob {
  return { externalId: `${appOf(model)}/${requestId}` };
}

/** The job at the path that the service's reply names. */
export function acceptedJob(model: string, { request_id: requestId, response_url: address }: Accepted): ProviderJob {
  const [, app, id] = RESPONSE_PATH.exec((address && URL.parse(address)?.pathname) ?? '') ?? [];
  const job = { externalId: `${app}/${id}` };
  return id === requestId && EXTERNAL_ID.test(job.externalId) ? job : jobOf(model, requestId);
}

/** @throws ProviderFailure `invalid_input` for an external id that could change the URL's path */
export function falRequestOf({ externalId }: ProviderJob): FalRequest {
  const [, app, requestId] = EXTERNAL_ID.exec(externalId) ?? [];
  if (app === undefined || requestId === undefined) {
    throw new ProviderFailure('invalid_input', 'This is not the external id of a request at fal');
  }
  return { app, requestId };
}
