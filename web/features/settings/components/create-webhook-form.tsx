import { useState } from 'react';
import { useController } from 'react-hook-form';
import { createWebhook } from '#contract/webhook.ts';
import { Button } from '#web/components/button.tsx';
import { TextField } from '#web/components/field.tsx';
import { FormError } from '#web/components/form-footer.tsx';
import { useSchemaForm } from '#web/hooks/use-schema-form.ts';
import { createIdempotencyKeys } from '#web/http/idempotency-key.ts';
import { useCreateWebhook } from '../api/use-webhook.ts';
import { EVENT_LABELS } from '../labels.ts';
import { CheckboxGroup } from './checkbox-group.tsx';

interface CreateWebhookFormProps {
  /** Called with the secret, which is not readable again. */
  readonly onCreated: (secret: string) => void;
}

/** Creates a webhook: its URL and its events. */
export function CreateWebhookForm({ onCreated }: CreateWebhookFormProps) {
  const create = useCreateWebhook();
  const [idempotencyKeys] = useState(() => createIdempotencyKeys());
  const { register, handleSubmit, formState, control } = useSchemaForm(createWebhook, {
    url: '',
    events: ['generation.completed', 'generation.failed'],
  });
  const { field: events } = useController({ control, name: 'events' });
  const { errors } = formState;
  const submit = handleSubmit((body) =>
    create.mutate(
      { body, key: idempotencyKeys.keyFor(body) },
      {
        onSuccess: ({ secret }) => onCreated(secret),
        onError: (error) => idempotencyKeys.failed(error),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate className="grid max-w-xl gap-4">
      <TextField
        {...register('url')}
        label="Endpoint URL"
        id="webhook-url"
        type="url"
        inputMode="url"
        placeholder="https://example.com/avatars"
        error={errors.url && 'Enter the full URL, starting with https://.'}
      />
      <CheckboxGroup
        legend="Events"
        labels={EVENT_LABELS}
        columns={2}
        value={events.value}
        onChange={events.onChange}
        error={errors.events && 'Choose at least one event.'}
      />
      <FormError error={create.error} />
      <Button type="submit" tone="go" disabled={create.isPending} className="justify-self-start">
        {create.isPending ? 'Creating webhook' : 'Create webhook'}
      </Button>
    </form>
  );
}
