import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useController, useForm } from 'react-hook-form';
import { createWebhook } from '#contract/webhook.ts';
import { Button } from '#web/components/button.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { createIdempotencyKeys } from '#web/http/idempotency-key.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { type CreateWebhook, useCreateWebhook } from '../api/use-webhook.ts';
import { EventChoices } from './event-choices.tsx';

interface CreateWebhookFormProps {
  /** Called with the secret, which is not readable again. */
  readonly onCreated: (secret: string) => void;
}

/** Creates a webhook: its URL and its events. */
export function CreateWebhookForm({ onCreated }: CreateWebhookFormProps) {
  const create = useCreateWebhook();
  const [idempotencyKeys] = useState(() => createIdempotencyKeys());
  const { register, handleSubmit, formState, control } = useForm<CreateWebhook, unknown, CreateWebhook>({
    resolver: zodResolver(createWebhook),
    defaultValues: { url: '', events: ['generation.completed', 'generation.failed'] },
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
      <Field label="Endpoint URL" id="webhook-url" error={errors.url && 'Enter the full URL, starting with https://.'}>
        <input
          {...register('url')}
          id="webhook-url"
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://example.com/avatars"
          aria-invalid={Boolean(errors.url)}
          aria-describedby="webhook-url-error"
          className={FIELD_CLASS}
        />
      </Field>
      <EventChoices
        value={events.value}
        onChange={events.onChange}
        error={errors.events && 'Choose at least one event.'}
      />
      {create.error && (
        <p role="alert" className="text-13 text-bad">
          {messageOf(create.error)}
        </p>
      )}
      <Button type="submit" tone="go" disabled={create.isPending} className="justify-self-start">
        {create.isPending ? 'Creating webhook' : 'Create webhook'}
      </Button>
    </form>
  );
}
