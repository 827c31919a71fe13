import { WEBHOOK_EVENTS, type WebhookEvent } from '#domain/account/webhook.ts';

const LABELS: Readonly<Record<WebhookEvent, string>> = {
  'generation.completed': 'An avatar is ready',
  'generation.failed': 'An avatar could not be generated',
  'generation.cancelled': 'An avatar was cancelled',
  'avatar.needs_review': 'An avatar is being reviewed',
  'avatar.approved': 'A reviewed avatar was approved',
  'avatar.rejected': 'A reviewed avatar was rejected',
  'avatar.taken_down': 'An avatar was taken down after a report',
};

interface EventChoicesProps {
  readonly value: readonly WebhookEvent[];
  readonly onChange: (events: WebhookEvent[]) => void;
  readonly error?: string | undefined;
}

/** The events that are sent to the webhook. */
export function EventChoices({ value, onChange, error }: EventChoicesProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-strong">Events</legend>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {WEBHOOK_EVENTS.map((event) => (
          <label
            key={event}
            className="flex min-h-8 cursor-pointer items-center gap-2.5 text-13 pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              checked={value.includes(event)}
              onChange={({ target }) =>
                onChange(WEBHOOK_EVENTS.filter((other) => (other === event ? target.checked : value.includes(other))))
              }
              className="size-4 shrink-0 accent-ink"
            />
            {LABELS[event]}
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1 text-13 text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
