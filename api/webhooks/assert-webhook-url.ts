import { webhookUrlFault } from '#domain/account/webhook-url.ts';
import { ApiProblem } from '../problem.ts';

/** @throws ApiProblem validation_failed for a URL that webhooks are never delivered to */
export function assertWebhookUrl(url: string, allowPrivate = false): void {
  const fault = webhookUrlFault(url, allowPrivate);
  if (fault !== undefined) throw new ApiProblem('validation_failed', { errors: [{ path: 'url', message: fault }] });
}
