import { KeyRound, Trash2 } from 'lucide-react';
import { toast } from 'sonner';
import type { Webhook } from '#contract/webhook.ts';
import type { DisabledReason } from '#domain/account/webhook.ts';
import { Button } from '#web/components/button.tsx';
import { Toggle } from '#web/components/toggle.tsx';
import { counted } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useRotateSecret, useUpdateWebhook } from '../api/use-webhook.ts';
import { EVENT_LABELS } from '../labels.ts';
import { CheckboxGroup } from './checkbox-group.tsx';

const OFF_LABELS: Readonly<Record<DisabledReason, string>> = {
  by_user: 'Off. You turned it off.',
  gone: 'Off. Your server reported that the URL is gone (410). Turn it on when it is back.',
  unreachable: 'Off. Your server could not be reached for days. Turn it on when it is back.',
};

interface WebhookCardProps {
  readonly webhook: Webhook;
  readonly onSecret: (secret: string) => void;
  readonly onDelete: () => void;
}

/** The existing webhook: on or off, its events, and its last delivery. */
export function WebhookCard({ webhook, onSecret, onDelete }: WebhookCardProps) {
  const update = useUpdateWebhook();
  const rotate = useRotateSecret();
  const showError = (error: Error) => void toast.error(messageOf(error));
  const { enabled, disabledReason, events, lastDeliveredAt, lastFailure, oldSecretUntil } = webhook;
  return (
    <div className="grid max-w-xl gap-4">
      <Toggle
        checked={enabled}
        disabled={update.isPending}
        onChange={(next) => update.mutate({ enabled: next }, { onError: showError })}
      >
        Send events to <bdi className="mono text-13 break-all">{webhook.url}</bdi>
      </Toggle>
      <div role="status" className="grid gap-1 text-13 leading-body text-ink-2 empty:hidden">
        {!enabled && <p className="text-warn">{OFF_LABELS[disabledReason ?? 'by_user']}</p>}
        <p>{lastDeliveredAt ? `Last delivered ${formatMoment(lastDeliveredAt)}.` : 'Nothing delivered yet.'}</p>
        {lastFailure && (
          <p className="text-bad">
            Delivery failed {formatMoment(lastFailure.at)} after {counted(lastFailure.attempts, 'attempt')}:{' '}
            <bdi>{lastFailure.message}</bdi>
          </p>
        )}
        {oldSecretUntil && <p>The previous secret stays valid until {formatMoment(oldSecretUntil)}.</p>}
      </div>
      <CheckboxGroup
        legend="Events"
        labels={EVENT_LABELS}
        columns={2}
        value={update.isPending && update.variables.events ? update.variables.events : events}
        onChange={(next) => {
          if (next.length === 0) return void toast.error('Choose at least one event, or turn the webhook off.');
          update.mutate({ events: next }, { onError: showError });
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button
          disabled={rotate.isPending}
          onClick={() => rotate.mutate(undefined, { onSuccess: ({ secret }) => onSecret(secret), onError: showError })}
        >
          <KeyRound size={16} strokeWidth={1.5} aria-hidden="true" /> Rotate secret
        </Button>
        <Button tone="bare" onClick={onDelete}>
          <Trash2 size={16} strokeWidth={1.5} aria-hidden="true" /> Delete webhook
        </Button>
      </div>
    </div>
  );
}
