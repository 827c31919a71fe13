import { KIBIBYTE, NO_CONTENT, type Route } from '../route.ts';
import {
  createWebhook,
  replicateCallback,
  rotatedSecret,
  updateWebhook,
  myWebhook,
  webhook,
  webhookWithSecret,
} from '../webhook.ts';

/** Being told by HTTP: a person's own server by us, and we by a provider. */
export const webhooksRoutes = {
  readWebhook: {
    method: 'get',
    path: '/me/webhook',
    tag: 'Webhooks',
    summary: 'Where I want to be told',
    access: 'avatars:read',
    replies: { 200: myWebhook },
  },
  createWebhook: {
    method: 'post',
    path: '/me/webhook',
    tag: 'Webhooks',
    summary: 'Have my own server told; one an account, its secret is shown once',
    access: 'generations:write',
    opensAccount: true,
    body: createWebhook,
    idempotent: true,
    replies: { 201: webhookWithSecret },
    problems: ['conflict'],
  },
  updateWebhook: {
    method: 'patch',
    path: '/me/webhook',
    tag: 'Webhooks',
    summary: 'Change it, or switch it off or on',
    access: 'generations:write',
    body: updateWebhook,
    replies: { 200: webhook },
    problems: ['not_found'],
  },
  rotateWebhookSecret: {
    method: 'post',
    path: '/me/webhook/secret',
    tag: 'Webhooks',
    summary: 'A new secret; the old one signs too for a day',
    access: 'generations:write',
    replies: { 200: rotatedSecret },
    problems: ['not_found'],
  },
  deleteWebhook: {
    method: 'delete',
    path: '/me/webhook',
    tag: 'Webhooks',
    summary: 'Tell nobody any more; what waits is dropped',
    access: 'generations:write',
    replies: { 204: NO_CONTENT },
    problems: ['not_found'],
  },
  receiveReplicate: {
    method: 'post',
    path: '/webhooks/replicate',
    tag: 'Webhooks',
    summary:
      'For Replicate: a prediction has ended. Signed (Standard Webhooks), not older than five minutes, taken once',
    access: 'public',
    body: replicateCallback,
    signed: true,
    // It repeats the order, with the picture that it began with.
    bodyMaxBytes: 2_048 * KIBIBYTE,
    replies: { 204: NO_CONTENT },
    problems: ['unauthorized', 'not_found'],
  },
} as const satisfies Record<string, Route>;
