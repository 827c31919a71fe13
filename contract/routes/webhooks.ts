import { NO_CONTENT, type Route } from '../route.ts';
import {
  createWebhook,
  replicateCallback,
  rotatedSecret,
  updateWebhook,
  myWebhook,
  webhook,
  webhookWithSecret,
} from '../webhook.ts';

/** Webhooks to a user's server, and callbacks from providers. */
export const webhooksRoutes = {
  readWebhook: {
    method: 'get',
    path: '/me/webhook',
    tag: 'Webhooks',
    summary: 'Read the caller’s webhook',
    access: 'webhooks:manage',
    replies: { 200: myWebhook },
  },
  createWebhook: {
    method: 'post',
    path: '/me/webhook',
    tag: 'Webhooks',
    summary: 'Create the account’s webhook; its secret is shown once',
    access: 'webhooks:manage',
    body: createWebhook,
    idempotent: true,
    replies: { 201: webhookWithSecret },
    problems: ['conflict'],
  },
  updateWebhook: {
    method: 'patch',
    path: '/me/webhook',
    tag: 'Webhooks',
    summary: 'Change the webhook, or disable or enable it',
    access: 'webhooks:manage',
    body: updateWebhook,
    replies: { 200: webhook },
    problems: ['not_found'],
  },
  rotateWebhookSecret: {
    method: 'post',
    path: '/me/webhook/secret',
    tag: 'Webhooks',
    summary: 'Rotate the secret; for a day deliveries are also signed with the old one',
    access: 'webhooks:manage',
    replies: { 200: rotatedSecret },
    problems: ['not_found'],
  },
  deleteWebhook: {
    method: 'delete',
    path: '/me/webhook',
    tag: 'Webhooks',
    summary: 'Delete the webhook; waiting deliveries are dropped',
    access: 'webhooks:manage',
    replies: { 204: NO_CONTENT },
    problems: ['not_found'],
  },
  receiveReplicate: {
    method: 'post',
    path: '/webhooks/replicate',
    tag: 'Webhooks',
    summary:
      'Callback for Replicate: a prediction has ended. Signed (Standard Webhooks), at most five minutes old, processed once',
    access: 'public',
    body: replicateCallback,
    signed: true,
    optional: true,
    replies: { 204: NO_CONTENT },
    problems: ['unauthorized', 'not_found'],
  },
} as const satisfies Record<string, Route>;
