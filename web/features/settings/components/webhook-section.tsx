import { useState } from 'react';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { useWebhook } from '../api/use-webhook.ts';
import { CreateWebhookForm } from './create-webhook-form.tsx';
import { DeleteWebhookDialog } from './delete-webhook-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { SettingsSection } from './settings-section.tsx';
import { WebhookCard } from './webhook-card.tsx';

type Open = { readonly kind: 'secret'; readonly secret: string } | { readonly kind: 'delete' } | undefined;

/** The user's webhook, or the form that creates it. */
export function WebhookSection() {
  const query = useWebhook();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const showSecret = (secret: string) => setOpen({ kind: 'secret', secret });
  return (
    <SettingsSection
      id="webhook"
      title="Webhook"
      note="Events are sent to your own server, signed as Standard Webhooks."
    >
      {query.isPending && (
        <div role="status" aria-label="Loading the webhook" className="h-64 max-w-xl rounded-control bg-sunken" />
      )}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === null && <CreateWebhookForm onCreated={showSecret} />}
      {query.data && (
        <WebhookCard webhook={query.data} onSecret={showSecret} onDelete={() => setOpen({ kind: 'delete' })} />
      )}
      {open?.kind === 'secret' && (
        <SecretDialog
          title="Webhook secret"
          purpose="Store it where your server can read it: it verifies that requests come from us."
          secret={open.secret}
          onClose={close}
        />
      )}
      {open?.kind === 'delete' && <DeleteWebhookDialog onClose={close} />}
    </SettingsSection>
  );
}
