import { cleanup, screen, waitFor } from '@testing-library/react';
import { describe, afterEach, expect, it } from 'vitest';
import type { Webhook } from '#contract/webhook.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { WebhookSection } from './webhook-section.tsx';

afterEach(cleanup);

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const WEBHOOK: Webhook = {
  id: '0198c0de-0000-7000-8000-000000000030',
  url: 'https://example.com/avatars',
  events: ['generation.completed', 'generation.failed'],
  enabled: true,
  disabledReason: null,
  oldSecretUntil: null,
  lastDeliveredAt: null,
  lastFailure: null,
  createdAt: '2026-11-22T08:00:00.000Z',
  updatedAt: '2026-11-22T08:00:00.000Z',
};

function open(webhook: Webhook | undefined) {
  const answer = ({ method, path, body }: Sent) => {
    if (method === 'GET' && !webhook) return { body: null };
    if (path.endsWith('/secret')) return { body: { secret: SECRET, oldSecretUntil: '2026-11-24T08:00:00.000Z' } };
    if (method === 'POST') return { status: 201, body: { ...WEBHOOK, secret: SECRET } };
    return { body: { ...(webhook ?? WEBHOOK), ...(body as object) } };
  };
  const view = renderInStudio(<WebhookSection />, { answer });
  return { ...view, changes: () => view.sent.filter(({ method }) => method !== 'GET') };
}

describe('the webhook section', () => {
  it('creates a webhook with an idempotency key and shows its secret once', async () => {
    const { user, changes } = open(undefined);
    await user.type(await screen.findByRole('textbox', { name: 'Endpoint URL' }), WEBHOOK.url);
    await user.click(screen.getByRole('checkbox', { name: 'An avatar was cancelled' }));
    await user.click(screen.getByRole('button', { name: 'Create webhook' }));
    expect(await screen.findByDisplayValue(SECRET)).toBeTruthy();
    expect(changes()).toMatchObject([
      {
        path: '/me/webhook',
        body: { url: WEBHOOK.url, events: ['generation.completed', 'generation.failed', 'generation.cancelled'] },
      },
    ]);
    expect(changes()[0]?.idempotencyKey).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'I have saved it' }));
    await waitFor(() => expect(screen.queryByDisplayValue(SECRET)).toBeNull());
    expect(screen.getByText(WEBHOOK.url)).toBeTruthy();
  });

  it('shows what is missing and sends nothing', async () => {
    const { user, changes } = open(undefined);
    await user.click(await screen.findByRole('button', { name: 'Create webhook' }));
    expect((await screen.findByRole('alert')).textContent).toContain('starting with https://');
    expect(changes()).toEqual([]);
  });

  it('turns the webhook off', async () => {
    const { user, changes } = open(WEBHOOK);
    await user.click(await screen.findByRole('switch'));
    await waitFor(() => expect(changes()).toMatchObject([{ method: 'PATCH', body: { enabled: false } }]));
  });

  it('changes the events', async () => {
    const { user, changes } = open(WEBHOOK);
    await user.click(await screen.findByRole('checkbox', { name: 'An avatar could not be generated' }));
    await waitFor(() => expect(changes()).toMatchObject([{ body: { events: ['generation.completed'] } }]));
  });

  it('shows why the webhook is off and which delivery failed', async () => {
    open({
      ...WEBHOOK,
      enabled: false,
      disabledReason: 'unreachable',
      lastFailure: { at: '2026-11-23T08:00:00.000Z', message: 'It answered 500.', attempts: 8 },
    });
    expect(await screen.findByText(/could not be reached for days/u)).toBeTruthy();
    expect(screen.getByText('It answered 500.')).toBeTruthy();
  });

  it('rotates the secret and shows until when the previous one is valid', async () => {
    const { user } = open(WEBHOOK);
    await user.click(await screen.findByRole('button', { name: 'Rotate secret' }));
    expect(await screen.findByDisplayValue(SECRET)).toBeTruthy();
    expect(screen.getByText(/The previous secret stays valid until/u)).toBeTruthy();
  });

  it('deletes the webhook only after confirmation', async () => {
    const { user, changes } = open(WEBHOOK);
    await user.click(await screen.findByRole('button', { name: 'Delete webhook' }));
    await screen.findByRole('dialog', { name: 'Delete webhook?' });
    expect(changes()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Delete webhook' }));
    expect(await screen.findByRole('button', { name: 'Create webhook' })).toBeTruthy();
  });
});
